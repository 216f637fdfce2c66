import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { terminalKeys, type TerminalKeyActions } from './terminal-keys'
import { terminalTheme, watchTheme } from './terminal-theme'

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

export interface Matches {
  /** From 1; 0 where too many are there to be counted. */
  readonly current: number
  readonly count: number
}

export interface TerminalEvents {
  /** What is typed or pasted, to be sent. */
  onInput(bytes: Uint8Array): void
  onSize(size: TerminalSize): void
  onMatches(matches: Matches): void
  readonly keys: TerminalKeyActions
}

const scrollbackLines = 10_000

/**
 * Sequences by which what is shown could act on this computer: titles of windows, files and links, the clipboard. What a
 * guest writes is to be read, nothing else.
 */
const refusedOscs = [0, 1, 2, 7, 8, 9, 52, 133, 777, 1337]

/** Drawn by xterm.js. Loaded only where there is a text console to be seen. */
export class TextTerminal {
  readonly #terminal: Terminal
  readonly #fit = new FitAddon()
  readonly #search = new SearchAddon()
  readonly #endings: (() => void)[] = []

  constructor(place: HTMLElement, label: string, fontSizePx: number, events: TerminalEvents) {
    const terminal = new Terminal({
      // the marks of a search need it
      allowProposedApi: true,
      cursorBlink: false,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono') || 'monospace',
      fontSize: fontSizePx,
      scrollback: scrollbackLines,
      theme: terminalTheme(),
      minimumContrastRatio: 4.5,
      linkHandler: null,
      // Option+3 is "#" on many keyboards of a Mac
      macOptionIsMeta: false,
    })
    this.#terminal = terminal
    terminal.loadAddon(this.#fit)
    terminal.loadAddon(this.#search)
    for (const osc of refusedOscs) terminal.parser.registerOscHandler(osc, () => true)
    terminal.attachCustomKeyEventHandler(terminalKeys(events.keys))
    terminal.onData((text) => events.onInput(new TextEncoder().encode(text)))
    // reports of the pointer, which are bytes
    terminal.onBinary((text) => events.onInput(Uint8Array.from(text, (letter) => letter.charCodeAt(0))))
    terminal.onResize(({ cols, rows }) => events.onSize({ columns: cols, rows }))
    this.#search.onDidChangeResults(({ resultIndex, resultCount }) =>
      events.onMatches({ current: resultIndex + 1, count: resultCount }),
    )
    terminal.open(place)
    terminal.textarea?.setAttribute('aria-label', label)
    this.#endings.push(
      watchTheme(() => {
        terminal.options.theme = terminalTheme()
      }),
    )
    const observer = new ResizeObserver(() => this.fit())
    observer.observe(place)
    this.#endings.push(() => observer.disconnect())
    this.fit()
    events.onSize({ columns: terminal.cols, rows: terminal.rows })
  }

  write(bytes: Uint8Array, onDrawn?: () => void): void {
    this.#terminal.write(bytes, onDrawn)
  }

  /** A new session begins: what the last one left of modes (mouse reports, another character set) ends. */
  calm(): void {
    if (this.#terminal.buffer.active.cursorX > 0) this.#terminal.write('\r\n')
    this.#terminal.write('\x1b[?47l\x1b[!p\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l')
  }

  clear(): void {
    this.#terminal.clear()
  }

  focus(): void {
    this.#terminal.focus()
  }

  blur(): void {
    this.#terminal.blur()
  }

  get selection(): string {
    return this.#terminal.getSelection()
  }

  /** All that is still known, as text. */
  text(): string {
    const { active } = this.#terminal.buffer
    const lines = Array.from({ length: active.length }, (_, row) => {
      const line = active.getLine(row)
      return { text: line?.translateToString(true) ?? '', isGoingOn: line?.isWrapped === true }
    })
    const text = lines.reduce(
      (sum, line, row) => sum + (line.isGoingOn || row === 0 ? '' : '\n') + line.text,
      '',
    )
    return `${text.trimEnd()}\n`
  }

  setFontSize(px: number): void {
    this.#terminal.options.fontSize = px
    this.fit()
  }

  fit(): void {
    // hidden, it has no size to fit to
    if (this.#terminal.element?.offsetParent !== null) this.#fit.fit()
  }

  find(text: string, isForward: boolean, isCaseSensitive: boolean): void {
    const options = {
      caseSensitive: isCaseSensitive,
      decorations: {
        matchBackground: '#8a6d1a',
        matchOverviewRuler: '#efb550',
        activeMatchBackground: '#3159c9',
        activeMatchColorOverviewRuler: '#3159c9',
      },
    }
    if (text === '') this.#search.clearDecorations()
    else if (isForward) this.#search.findNext(text, options)
    else this.#search.findPrevious(text, options)
  }

  endSearch(): void {
    this.#search.clearDecorations()
    this.#terminal.clearSelection()
  }

  dispose(): void {
    for (const end of this.#endings) end()
    this.#terminal.dispose()
  }
}
