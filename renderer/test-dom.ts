/**
 * What jsdom lacks and our components' library calls. Imported by component tests that open a dialog.
 * CSS.escape: only ids made by React’s useId pass through, and they need no escaping. scrollIntoView: nothing scrolls.
 */
globalThis.CSS ??= { escape: (text: string) => text } as typeof CSS
Element.prototype.scrollIntoView ??= () => undefined
