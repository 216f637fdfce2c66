import type { App, Session, WebContents } from 'electron'

/** The window is served from here and nowhere else. */
export const uiOrigin = 'app://ui'

/**
 * style-src needs 'unsafe-inline' because the component library injects <style>; scripts stay strict. img-src data:
 * and blob: are console cursors and screenshots.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The renderer draws untrusted things (guest names, screens), so nothing in it may open, navigate or embed. */
export function lockDown(app: App): void {
  app.on('web-contents-created', (_, contents: WebContents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

/** Full screen, copying a picture and catching the pointer are the console’s, and what is copied is checked by the browser; everything else a page could ask for is refused. */
export function denyPermissions(session: Session): void {
  const allowed = (permission: string, origin: string): boolean =>
    ['fullscreen', 'clipboard-sanitized-write', 'pointerLock'].includes(permission) &&
    (origin === uiOrigin || origin.startsWith(`${uiOrigin}/`))
  session.setPermissionRequestHandler((_, permission, decide, details) =>
    decide(allowed(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_, permission, origin) => allowed(permission, origin))
  session.setDevicePermissionHandler(() => false)
}
