export const importTable: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: readonly string[] }>>;
export const zodFiles: readonly RegExp[];
export declare const nodeFiles: readonly RegExp[];
