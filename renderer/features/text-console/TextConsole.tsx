import { useRef, useState } from 'react'
import { errorData } from '../../../shared/errors'
import type { ConsoleId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { showToast } from '../../stores/toasts'
import type { MenuEntry } from '../../ui/Menu'
import { FindBar } from './FindBar'
import { useFontSize } from './font-size'
import type { TerminalSize } from './terminal'
import type { TextSurroundings } from './text-connection'
import { noticeFor, type TextAction } from './text-console-text'
import { TextNoticeBar } from './TextNoticeBar'
import { TextToolbar, type InsertEntry, type TextMove } from './TextToolbar'
import { useTextConsole } from './use-text-console'
import './text-console.css'

export interface TextConsoleProps {
  /** "Serial 1 of web-01". */
  readonly label: string
  readonly surroundings: TextSurroundings
  readonly hasSavedState?: boolean
  /** Whether it is opened again by itself when it ends. */
  readonly comesBack: boolean
  readonly open: (isForced: boolean, size: TerminalSize | undefined) => Promise<ConsoleId>
  readonly onSize?: (id: ConsoleId, size: TerminalSize) => void
  /** Typed for the user by a click. */
  readonly insertEntries?: readonly InsertEntry[]
  /** Beyond what a terminal can send. */
  readonly sendEntries?: readonly MenuEntry[]
  /** Nobody tells a serial line how large the terminal is: the user can, by a command in the guest. */
  readonly hasSizeHint?: boolean
  readonly onAction?: (action: TextAction) => void | Promise<unknown>
  readonly move?: TextMove
}

/** One terminal with its toolbar: what a serial line and a shell of a host have in common. Give each a `key` of its own. */
export function TextConsole(props: TextConsoleProps) {
  const { label, surroundings, comesBack, hasSavedState = false } = props
  const place = useRef<HTMLDivElement>(null)
  const firstButton = useRef<HTMLButtonElement>(null)
  const [isFinding, setFinding] = useState(false)
  const font = useFontSize()
  const text = useTextConsole({
    label,
    surroundings,
    comesBack,
    place,
    fontSizePx: font.px,
    open: props.open,
    ...(props.onSize ? { onSize: props.onSize } : {}),
    onCopy: (chosen) => void api.app.copyText({ text: chosen.slice(0, 1_000_000) }),
    onFind: () => setFinding(true),
    onLeave: () => {
      text.terminal.current?.blur()
      firstButton.current?.focus()
    },
  })
  const { state, terminal, connection, log } = text
  const notice = noticeFor(state, { hasSavedState, hasSpoken: text.hasSpoken })

  const fail = (title: string) => (error: unknown) =>
    showToast({ tone: 'error', title: `${label}: ${title}`, error: errorData(error) })

  const act = (action: TextAction): void | Promise<unknown> => {
    if (action === 'takeOver') return connection?.takeOver()
    if (action === 'retry' || action === 'openAgain') return connection?.retry()
    return props.onAction?.(action)
  }
  /** The keyboard goes on to the guest. */
  const send = (keys: string): void => {
    text.send(keys)
    requestAnimationFrame(() => terminal.current?.focus())
  }
  const toggleLog = async (): Promise<void> => {
    if (log) return text.stopLog()
    const file = await api.files.chooseLocal({
      kind: 'save',
      title: 'Write what the guest sends to a file',
      name: fileName(label, 'log'),
    })
    if (file) await text.startLog(file)
  }

  return (
    <section className="text-console" aria-label={label}>
      <TextToolbar
        state={state}
        size={text.size}
        log={log}
        firstButton={firstButton}
        insertEntries={props.insertEntries ?? []}
        sendEntries={props.sendEntries ?? []}
        hasSizeHint={props.hasSizeHint === true}
        onSend={send}
        onFind={() => setFinding(true)}
        onClear={() => terminal.current?.clear()}
        onFontSize={font.change}
        onLog={() => void toggleLog().catch(fail('the log could not be begun'))}
        move={props.move}
        onSaveText={() => saveText(terminal.current?.text() ?? '', fileName(label, 'txt'))}
      />
      {notice === undefined ? null : <TextNoticeBar notice={notice} onAction={act} />}
      {isFinding ? (
        <FindBar
          matches={text.matches}
          onFind={(wanted, isForward, isCaseSensitive) =>
            terminal.current?.find(wanted, isForward, isCaseSensitive)
          }
          onClose={() => {
            setFinding(false)
            terminal.current?.endSearch()
            terminal.current?.focus()
          }}
        />
      ) : null}
      <div ref={place} className="text-place" />
    </section>
  )
}

function fileName(label: string, ending: string): string {
  const day = new Date().toISOString().slice(0, 10)
  return `${label.replace(/[^\w.-]+/g, '_').slice(0, 120)}-${day}.${ending}`
}

function saveText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // the download has its own hold on the text by the next turn of the event loop
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
