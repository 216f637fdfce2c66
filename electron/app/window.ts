import { join } from 'node:path'
import { BrowserWindow, screen, type Rectangle, type WebPreferences } from 'electron'
import { contract } from '../../shared/ipc/contract'
import { channels } from '../../shared/ipc/define'
import type { WindowState } from '../settings/schema'
import { uiOrigin } from './security'

const defaultSize = { width: 1280, height: 800 }

export const windowIcon = join(__dirname, '../../assets/icon.png')

/** Of every window: what it shows is untrusted (guest names, screens), so it gets the contract's channels and nothing else. */
export function securePreferences(): WebPreferences {
  return {
    preload: join(__dirname, 'preload.cjs'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    additionalArguments: [`--innkeeper-channels=${JSON.stringify(channels(contract))}`],
  }
}

/** The main window, where it was left, with everything a page could abuse switched off. */
export function openWindow(
  state: WindowState | undefined,
  save: (state: WindowState) => void,
): {
  window: BrowserWindow /** Saves where it is now; quitting must do so before settings are written. */
  remember(): void
} {
  const window = new BrowserWindow({
    ...defaultSize,
    ...visible(state?.bounds),
    minWidth: 800,
    minHeight: 500,
    title: 'Innkeeper',
    icon: windowIcon,
    show: false,
    webPreferences: securePreferences(),
  })
  if (state?.isMaximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  const remember = rememberState(window, save)
  // The page is ours, but a crash of its process must not leave a dead grey window; main still holds the truth.
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
  })
  void window.loadURL(`${uiOrigin}/index.html`)
  return { window, remember }
}

/** A remembered place is only good while a screen still shows it. */
export function visible(bounds: Rectangle | undefined): Partial<Rectangle> {
  if (!bounds) return {}
  const isOnScreen = screen.getAllDisplays().some(({ workArea: area }) => {
    const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
    const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y)
    return width >= 100 && height >= 50
  })
  return isOnScreen ? bounds : { width: bounds.width, height: bounds.height }
}

/** Answers what saves it at once. */
export function rememberState(window: BrowserWindow, save: (state: WindowState) => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const write = (): void => save({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() })
  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(write, 500)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('maximize', soon)
  window.on('unmaximize', soon)
  const now = (): void => {
    clearTimeout(timer)
    if (!window.isDestroyed()) write()
  }
  window.on('close', now)
  return now
}
