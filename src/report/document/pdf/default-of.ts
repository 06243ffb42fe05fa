/** The default of a CommonJS module: loaders differ in whether they take it out of it. */
export const defaultOf = <C>(module: { readonly default: C }): C => (typeof module === 'function' ? (module as C) : module.default);
