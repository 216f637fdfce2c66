import type { ITheme } from '@xterm/xterm'

/** Sixteen colours that can be read on the ground of each theme; those that guests ask for beyond are made to. */
const light: ITheme = {
  foreground: '#1b2029',
  background: '#ffffff',
  cursor: '#3159c9',
  cursorAccent: '#ffffff',
  selectionBackground: '#bcd0fa',
  selectionForeground: '#1b2029',
  black: '#1b2029',
  red: '#bf2a32',
  green: '#177a4b',
  yellow: '#8a5a00',
  blue: '#2b50b8',
  magenta: '#8a3ba8',
  cyan: '#0c7183',
  white: '#616b79',
  brightBlack: '#4d5765',
  brightRed: '#d1333c',
  brightGreen: '#1d8655',
  brightYellow: '#946200',
  brightBlue: '#3159c9',
  brightMagenta: '#9a46ba',
  brightCyan: '#127b8e',
  brightWhite: '#4d5765',
}

const dark: ITheme = {
  foreground: '#dfe3ea',
  background: '#0d0f13',
  cursor: '#92b0ff',
  cursorAccent: '#0d0f13',
  selectionBackground: '#33508f',
  selectionForeground: '#ffffff',
  black: '#3b424f',
  red: '#ff7b80',
  green: '#4cc38a',
  yellow: '#efb550',
  blue: '#7d9ffc',
  magenta: '#c99bf7',
  cyan: '#5cc8d8',
  white: '#dfe3ea',
  brightBlack: '#97a0ae',
  brightRed: '#ff9a9e',
  brightGreen: '#72d6a5',
  brightYellow: '#f6ca7c',
  brightBlue: '#a6bfff',
  brightMagenta: '#d9b8fb',
  brightCyan: '#86dae6',
  brightWhite: '#ffffff',
}

export function terminalTheme(): ITheme {
  return document.documentElement.dataset['theme'] === 'dark' ? dark : light
}

/** Calls back whenever the window's theme changes; returns what ends it. */
export function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
