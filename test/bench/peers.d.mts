export declare const PEERS: readonly { readonly name: string; readonly packages: readonly string[] }[];
