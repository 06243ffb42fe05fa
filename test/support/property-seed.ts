import fc from 'fast-check';

/**
 * Property tests try the same inputs at each run, so that a run speaks of the commit and not of its luck. `npm run fuzz`
 * tries other ones each time; what it finds becomes a test of its own.
 */
if (process.env.MODE !== 'fuzz') fc.configureGlobal({ seed: 20_261_121 });
