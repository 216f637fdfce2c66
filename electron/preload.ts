import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'

/**
 * The bridge between the sandboxed window and main. It knows no channel by name: main hands over the contract's list
 * on the command line of this process, so the list stays derived and the schema library stays out of the preload.
 */
interface Channels {
  requests: string[]
  events: string[]
}

// The preload sees the page's window, yet the rest of electron/ must not compile against the DOM.
declare const window: {
  readonly File: { readonly prototype: object }
  readonly location: { readonly origin: string }
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void
}

const flag = '--innkeeper-channels='
const argument = process.argv.find((word) => word.startsWith(flag))
const channels: Channels = JSON.parse(argument?.slice(flag.length) ?? '{"requests":[],"events":[]}')

contextBridge.exposeInMainWorld('innkeeper', {
  invoke(channel: string, input: unknown): Promise<unknown> {
    if (!channels.requests.includes(channel)) return Promise.reject(new Error(`Unknown request ${channel}`))
    return ipcRenderer.invoke(channel, input)
  },
  on(channel: string, listener: (payload: unknown) => void): () => void {
    if (!channels.events.includes(channel)) throw new Error(`Unknown event ${channel}`)
    const receive = (_: IpcRendererEvent, payload: unknown): void => listener(payload)
    ipcRenderer.on(channel, receive)
    return () => void ipcRenderer.removeListener(channel, receive)
  },
  /**
   * A file that was dropped on the window, or chosen there. The page hands over the File itself and this process finds out
   * where it lies, so a page gone wrong has no way to name a path: main listens on a channel that `invoke` does not pass.
   */
  dropped(file: unknown): Promise<unknown> {
    return ipcRenderer.invoke('dropped-file', pathOf(file))
  },
})

/** Empty for what is no file of this computer. */
function pathOf(file: unknown): string {
  try {
    // the substitute runtime for closed networks is older than webUtils
    const path = webUtils ? webUtils.getPathForFile(file as never) : nativePath(file)
    return typeof path === 'string' ? path : ''
  } catch {
    return ''
  }
}

/** By the browser's own getter, which throws for what only looks like a File: a property could be the page's. */
function nativePath(file: unknown): unknown {
  return Object.getOwnPropertyDescriptor(window.File.prototype, 'path')?.get?.call(file)
}

// A MessagePort cannot cross the context bridge; window.postMessage carries it to the page.
ipcRenderer.on('console-port', (event, { console: id }: { console: string }) => {
  window.postMessage({ type: 'innkeeper:console-port', console: id }, window.location.origin, event.ports)
})
