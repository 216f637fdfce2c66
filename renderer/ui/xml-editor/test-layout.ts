/**
 * What jsdom lacks and the editor measures with. Imported by component tests that show an editor: with nothing laid out,
 * every place is 0 and the first lines count as in view.
 */
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList
Range.prototype.getBoundingClientRect ??= () => new DOMRect()
