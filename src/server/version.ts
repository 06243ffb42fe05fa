declare const MLARCH_VERSION: string | undefined;

/** Put in by the bundler from package.json. */
export const version: string = typeof MLARCH_VERSION === 'string' ? MLARCH_VERSION : '0.0.0';
