import { app, BrowserWindow } from 'electron'

/** Tells whether any window of the app can be seen: minimised and hidden ones cannot. */
export function watchVisibility(tell: (isVisible: boolean) => void): void {
  const look = (): void =>
    tell(
      BrowserWindow.getAllWindows().some(
        (window) => !window.isDestroyed() && window.isVisible() && !window.isMinimized(),
      ),
    )
  app.on('browser-window-created', (_, window) => {
    window.on('show', look)
    window.on('hide', look)
    window.on('minimize', look)
    window.on('restore', look)
    window.on('closed', look)
  })
}
