declare const MLARCH_VERSION: string | undefined;

/** Put in by the bundler; a run from source says so. */
export const version: string = typeof MLARCH_VERSION === 'string' ? MLARCH_VERSION : '0.0.0-source';
