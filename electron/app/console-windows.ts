import { BrowserWindow, screen, type WebContents } from 'electron'
import { placeKey, type ConsolePlace } from '../../shared/model/console-place'
import type { WindowState } from '../settings/schema'
import { uiOrigin } from './security'
import { rememberState, securePreferences, visible, windowIcon } from './window'

interface Parts {
  /** Where the window of a console was left. */
  stateOf(key: string): WindowState | undefined
  save(key: string, state: WindowState): void
  onChange(places: readonly ConsolePlace[]): void
  /** The window is gone, or was loaded anew: what it had open has no owner. */
  onLeft(sender: number): void
}

interface Open {
  readonly place: ConsolePlace
  readonly window: BrowserWindow
  readonly remember: () => void
}

const defaultSize = { width: 1024, height: 768 }

/** Consoles in windows of their own, one for each screen and line. They are locked down like the main window, and go with it. */
export class ConsoleWindows {
  readonly #parts: Parts
  readonly #open = new Map<string, Open>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  list(): readonly ConsolePlace[] {
    return [...this.#open.values()].map(({ place }) => place)
  }

  has(sender: WebContents): boolean {
    return [...this.#open.values()].some(({ window }) => window.webContents === sender)
  }

  /** Brings the one there is to the front. */
  show(place: ConsolePlace): void {
    const key = placeKey(place)
    const open = this.#open.get(key)
    if (open) {
      if (open.window.isMinimized()) open.window.restore()
      open.window.focus()
      return
    }
    const state = this.#parts.stateOf(key)
    const window = new BrowserWindow({
      ...defaultSize,
      ...visible(state?.bounds),
      minWidth: 480,
      minHeight: 320,
      title: 'Innkeeper',
      icon: windowIcon,
      show: false,
      webPreferences: securePreferences(),
    })
    // the application's menu acts on the main window
    window.removeMenu()
    if (state?.isMaximised) window.maximize()
    window.once('ready-to-show', () => window.show())
    const remember = rememberState(window, (now) => this.#parts.save(key, now))
    const { id } = window.webContents
    window.webContents.on('did-start-navigation', (_, _url, isInPlace, isMainFrame) => {
      if (isMainFrame && !isInPlace) this.#parts.onLeft(id)
    })
    window.webContents.on('render-process-gone', (_, { reason }) => {
      if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
    })
    window.on('closed', () => {
      this.#parts.onLeft(id)
      this.#open.delete(key)
      this.#parts.onChange(this.list())
    })
    this.#open.set(key, { place, window, remember })
    this.#parts.onChange(this.list())
    void window.loadURL(`${uiOrigin}/index.html#console?${new URLSearchParams(place).toString()}`)
  }

  fit(sender: number, { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): void {
    const window = [...this.#open.values()].find((open) => open.window.webContents.id === sender)?.window
    if (!window || window.isFullScreen()) return
    if (window.isMaximized()) window.unmaximize()
    const { workArea } = screen.getDisplayMatching(window.getBounds())
    // the page counts in pixels that its zoom has made larger or smaller
    const zoom = window.webContents.getZoomFactor()
    const [width, height] = [Math.ceil(widthPx * zoom), Math.ceil(heightPx * zoom)]
    window.setContentSize(Math.min(width, workArea.width), Math.min(height, workArea.height))
  }

  close(place: ConsolePlace): void {
    this.#open.get(placeKey(place))?.window.close()
  }

  closeAll(): void {
    for (const { window } of [...this.#open.values()]) window.close()
  }

  /** Quitting saves where they are before settings are written. */
  remember(): void {
    for (const { remember } of this.#open.values()) remember()
  }

  send(channel: string, payload: unknown): void {
    for (const { window } of this.#open.values())
      if (!window.isDestroyed()) window.webContents.send(channel, payload)
  }
}
