// Stands in for `electron` in unit tests. The real package, imported in plain Node, starts a download and throws.
// It exports nothing on purpose: a test that needs a piece of Electron hands it in with vi.mock('electron', …).
export {}
