import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import { errorData } from '../../../shared/errors'
import type { ConsoleId } from '../../../shared/model/ids'
import type { LocalFile } from '../../../shared/model/storage/image'
import { api } from '../../api/client'
import { portInbox } from '../../api/port-inbox'
import { showToast } from '../../stores/toasts'
import type { Matches, TerminalSize, TextTerminal } from './terminal'
import { TextConnection, type TextState, type TextSurroundings } from './text-connection'

export interface TextConsoleOptions {
  /** The terminal's accessible name. */
  readonly label: string
  readonly surroundings: TextSurroundings
  readonly comesBack: boolean
  readonly fontSizePx: number
  /** The place in the page that the terminal is drawn in. */
  readonly place: RefObject<HTMLElement | null>
  open(isForced: boolean, size: TerminalSize | undefined): Promise<ConsoleId>
  /** The far side is told the size of the terminal, where it can be. */
  onSize?(id: ConsoleId, size: TerminalSize): void
  onCopy(text: string): void
  onFind(): void
  /** The keyboard is to leave the terminal. */
  onLeave(): void
}

export interface TextConsoleHandle {
  readonly state: TextState
  readonly connection: TextConnection | undefined
  readonly terminal: RefObject<TextTerminal | null>
  readonly size: TerminalSize | undefined
  readonly matches: Matches | undefined
  /** Whether anything came since it was opened. */
  readonly hasSpoken: boolean
  readonly log: LocalFile | undefined
  send(text: string): void
  startLog(file: LocalFile): Promise<void>
  stopLog(): Promise<void>
}

const resting: TextState = { kind: 'resting' }
const subscribeToNothing = (): (() => void) => () => {}

/** Ties a connection to a terminal, for as long as the component is there: it is mounted anew for another console. */
export function useTextConsole(options: TextConsoleOptions): TextConsoleHandle {
  const { surroundings, fontSizePx } = options
  const latest = useRef(options)
  latest.current = options
  const terminal = useRef<TextTerminal | null>(null)
  const open = useRef<ConsoleId | undefined>(undefined)
  const logRef = useRef<LocalFile | undefined>(undefined)
  const [connection, setConnection] = useState<TextConnection>()
  const [size, setSize] = useState<TerminalSize>()
  const [matches, setMatches] = useState<Matches>()
  const [hasSpoken, setSpoken] = useState(false)
  const [log, setLog] = useState<LocalFile>()

  const keepLog = useCallback((file: LocalFile | undefined): void => {
    logRef.current = file
    setLog(file)
  }, [])

  useEffect(() => {
    const ports = portInbox()
    let isCurrent = true
    let drawn: TextTerminal | undefined
    let currentSize: TerminalSize | undefined
    let started: TextConnection | undefined
    const begin = async (): Promise<void> => {
      const { TextTerminal: Terminal } = await import('./terminal')
      const { place, label } = latest.current
      if (!isCurrent || !place.current) return
      const connected = new TextConnection({
        comesBack: latest.current.comesBack,
        open: (isForced) => latest.current.open(isForced, currentSize),
        close: (id) => api.console.close({ console: id }),
        takePort: (id) => ports.take(id),
        forgetPort: (id) => ports.forget(id),
        onConnected: (id) => {
          open.current = id
          drawn?.calm()
          if (currentSize) latest.current.onSize?.(id, currentSize)
          const file = logRef.current
          // what is logged goes on when the console comes back
          if (file) void api.textConsole.startLog({ console: id, file: file.id }).catch(failLog)
        },
        onBytes: (bytes, onDrawn) => {
          if (isCurrent) setSpoken(true)
          drawn?.write(bytes, onDrawn)
        },
      })
      started = connected
      drawn = new Terminal(place.current, label, latest.current.fontSizePx, {
        onInput: (bytes) => connected.send(bytes),
        onSize: (changed) => {
          currentSize = changed
          setSize(changed)
          if (open.current !== undefined) latest.current.onSize?.(open.current, changed)
        },
        onMatches: setMatches,
        keys: {
          copy: () => {
            const text = drawn?.selection ?? ''
            if (text !== '') latest.current.onCopy(text)
          },
          find: () => latest.current.onFind(),
          leave: () => latest.current.onLeave(),
        },
      })
      terminal.current = drawn
      setConnection(connected)
    }
    const failLog = (error: unknown): void => {
      keepLog(undefined)
      showToast({
        tone: 'error',
        title: `${latest.current.label}: the log has ended`,
        error: errorData(error),
      })
    }
    const stopListening = api.textConsole.onLogFailed((failure) => {
      if (failure.console === open.current) failLog(failure.error)
    })
    begin().catch((error: unknown) =>
      showToast({ tone: 'error', title: 'The terminal could not be loaded', error: errorData(error) }),
    )
    return () => {
      isCurrent = false
      stopListening()
      started?.dispose()
      drawn?.dispose()
      terminal.current = null
      open.current = undefined
      setConnection(undefined)
      setSpoken(false)
      keepLog(undefined)
    }
  }, [keepLog])

  const { peer, isHostConnected, isWanted } = surroundings
  useEffect(() => {
    connection?.update({ peer, isHostConnected, isWanted })
  }, [connection, peer, isHostConnected, isWanted])

  useEffect(() => terminal.current?.setFontSize(fontSizePx), [fontSizePx])

  const state = useSyncExternalStore(
    connection?.subscribe ?? subscribeToNothing,
    connection?.getState ?? (() => resting),
  )

  return {
    state,
    connection,
    terminal,
    size,
    matches,
    hasSpoken,
    log,
    send: (text) => connection?.send(new TextEncoder().encode(text)),
    startLog: async (file) => {
      if (open.current !== undefined) await api.textConsole.startLog({ console: open.current, file: file.id })
      keepLog(file)
    },
    stopLog: async () => {
      keepLog(undefined)
      if (open.current !== undefined) await api.textConsole.stopLog({ console: open.current })
    },
  }
}
