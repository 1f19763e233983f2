// The language server for both hosts in one bundle, which so is packed once: each takes its own entry and what that needs.
if (typeof (globalThis as { readonly importScripts?: unknown }).importScripts === 'function') void import('./browser');
else void import('./node');
