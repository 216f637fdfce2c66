import { basename } from 'node:path'
import {
  app,
  clipboard,
  dialog,
  MessageChannelMain,
  nativeTheme,
  webContents,
  type BrowserWindow,
  type OpenDialogOptions,
} from 'electron'
import type { LaunchWish } from '../../shared/ipc/contract'
import type { Desktop } from '../ipc/handlers'
import { readChosenText } from './chosen-text'
import type { Settings } from '../settings/settings'

/** Chromium of the oldest runtime we ship with; the substitute for closed networks is older. */
const oldestOfficialElectron = 30

/** More than anybody types into a guest. */
const maxClipboardCharacters = 100_000

export function desktop(parts: {
  settings: Settings
  takeWish(): LaunchWish | undefined
  window(): BrowserWindow | undefined
}): Desktop {
  return {
    info: () => ({
      version: app.getVersion(),
      electron: process.versions['electron'] ?? '',
      platform: process.platform,
      isSubstituteRuntime: Number.parseInt(process.versions['electron'] ?? '', 10) < oldestOfficialElectron,
      theme: parts.settings.data.theme,
    }),
    takeLaunchWish: parts.takeWish,
    copyText: (text) => {
      // newer Electrons answer with a promise, older ones with nothing
      void clipboard.writeText(text)
    },
    clipboardText: async () => (await clipboard.readText()).slice(0, maxClipboardCharacters),
    chooseTextFile: async (title) => {
      const window = parts.window()
      const options: OpenDialogOptions = { title, properties: ['openFile', 'showHiddenFiles'] }
      const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
      const [path] = chosen.canceled ? [] : chosen.filePaths
      return path === undefined ? undefined : readChosenText(path)
    },
    choosePath: async ({ kind, title }) => {
      const options: OpenDialogOptions = {
        title,
        // keys and certificates live in folders that begin with a dot
        properties: [kind === 'file' ? 'openFile' : 'openDirectory', 'showHiddenFiles'],
      }
      const window = parts.window()
      const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
      return chosen.canceled ? undefined : chosen.filePaths[0]
    },
    chooseLocal: async ({ kind, title, name }) => {
      const window = parts.window()
      if (kind === 'open') {
        const options: OpenDialogOptions = { title, properties: ['openFile'] }
        const chosen = await (window
          ? dialog.showOpenDialog(window, options)
          : dialog.showOpenDialog(options))
        return chosen.canceled ? undefined : chosen.filePaths[0]
      }
      const options = { title, ...(name === undefined ? {} : { defaultPath: basename(name) }) }
      const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
      return chosen.canceled || chosen.filePath === '' ? undefined : chosen.filePath
    },
    setTheme: (theme) => {
      nativeTheme.themeSource = theme
      void parts.settings.update((data) => ({ ...data, theme })).catch(() => undefined)
    },
    makeConsolePort: (id, sender) => {
      const { port1, port2 } = new MessageChannelMain()
      webContents.fromId(sender)?.postMessage('console-port', { console: id }, [port2])
      return port1
    },
  }
}
