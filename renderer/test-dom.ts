/**
 * What jsdom lacks and our components' library calls. Imported by component tests that open a dialog.
 * CSS.escape: only ids made by React's useId pass through, and they need no escaping.
 */
globalThis.CSS ??= { escape: (text: string) => text } as typeof CSS
