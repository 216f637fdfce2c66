import { undo } from '@codemirror/commands'
import { EditorView } from '@codemirror/view'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { useState, type ComponentProps } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import '../../test-dom'
import './test-layout'
import { XmlEditor } from './XmlEditor'

afterEach(cleanup)

type Props = ComponentProps<typeof XmlEditor>

function Form({ value, onChange, ...rest }: Partial<Props> & { value: string }) {
  const [text, setText] = useState(value)
  return (
    <XmlEditor
      label="Definition"
      value={text}
      onChange={(next) => {
        setText(next)
        onChange?.(next)
      }}
      {...rest}
    />
  )
}

const box = (): HTMLElement => screen.getByRole('textbox', { name: 'Definition' })
function editor(): EditorView {
  const view = EditorView.findFromDOM(box())
  if (!view) throw new Error('No editor is shown')
  return view
}
const type = (at: number, insert: string): void =>
  act(() => editor().dispatch({ changes: { from: at, insert }, userEvent: 'input.type' }))
const classesOf = (text: string): string =>
  [...box().querySelectorAll('span')].find((piece) => piece.textContent === text)?.className ?? 'none'

test('tags, attribute names, values, comments and text are told apart, and markup stays text', async () => {
  render(<Form value={"<disk type='file'><!-- a --><x>it's &amp;</x><img src='x'/></disk>"} />)
  // what the editor does not read at once, on a busy machine, it reads when it is idle
  await vi.waitFor(() => expect(classesOf('&amp;')).toBe('xml-entity'), { timeout: 15_000 })
  expect(classesOf('disk')).toBe('xml-tag')
  expect(classesOf('type')).toBe('xml-name')
  expect(classesOf("'file'")).toBe('xml-value')
  expect(classesOf('<!-- a -->')).toBe('xml-comment')
  expect(document.querySelector('img')).toBeNull()
})

test('nothing of the text is lost, whatever it is', () => {
  for (const value of [
    '',
    'no xml',
    '<a b=c',
    "<a b='<not closed",
    '<<>>',
    '<!-- open',
    '<a>\n',
    '\t<a/>\0\u202e',
  ]) {
    render(<Form value={value} />)
    expect(editor().state.sliceDoc()).toBe(value)
    cleanup()
  }
})

test('a change is reported with the whole text, and can be undone', () => {
  const onChange = vi.fn()
  render(<Form value="<a></a>" onChange={onChange} />)
  type(3, 'new')
  expect(onChange).toHaveBeenLastCalledWith('<a>new</a>')
  act(() => void undo(editor()))
  expect(onChange).toHaveBeenLastCalledWith('<a></a>')
})

test.each([
  ['line feeds', '<a>\n</a>\n', '<a>!\n</a>\n'],
  ["Windows' line ends", '<a>\r\n</a>\r\n', '<a>!\r\n</a>\r\n'],
  ['mixed line ends', '<a>\r\n</a>\n\r', '<a>!\r\n</a>\n\r'],
])('a change in a text with %s leaves every other byte as it came', (_, value, expected) => {
  const onChange = vi.fn()
  render(<Form value={value} onChange={onChange} />)
  type(3, '!')
  expect(onChange).toHaveBeenLastCalledWith(expected)
})

test('a text from outside replaces only what differs, is not reported back, and can be undone', () => {
  const onChange = vi.fn()
  const { rerender } = render(<XmlEditor label="Definition" value={'<a>\n<b/>\n</a>'} onChange={onChange} />)
  act(() => editor().dispatch({ selection: { anchor: 11 } }))
  rerender(<XmlEditor label="Definition" value={'<a>\n<bcd/>\n</a>'} onChange={onChange} />)
  expect(editor().state.sliceDoc()).toBe('<a>\n<bcd/>\n</a>')
  expect(editor().state.selection.main.head).toBe(13)
  expect(onChange).not.toHaveBeenCalled()
  act(() => void undo(editor()))
  expect(onChange).toHaveBeenLastCalledWith('<a>\n<b/>\n</a>')
})

test('a text from outside may have other line ends', () => {
  const { rerender } = render(<XmlEditor label="Definition" value={'<a>\n</a>'} />)
  for (const value of ['<a>\r\n<b/>\r\n</a>', '<a>\r\n<c/>\n</a>', '<a>\n</a>', '<a>\r\n</a>']) {
    rerender(<XmlEditor label="Definition" value={value} />)
    expect(editor().state.sliceDoc()).toBe(value)
  }
})

test('a read-only text is said to be so, and keys do not change it or act on the page around it', () => {
  const onChange = vi.fn()
  const onKeyDown = vi.fn()
  document.addEventListener('keydown', onKeyDown)
  render(<Form value="<a/>" isReadOnly onChange={onChange} />)
  expect(box().getAttribute('aria-readonly')).toBe('true')
  expect(box().getAttribute('aria-description')).toBeNull()
  fireEvent.keyDown(box(), { key: 'Tab', keyCode: 9 })
  expect(onKeyDown.mock.lastCall?.[0].defaultPrevented).toBe(false)
  fireEvent.keyDown(box(), { key: 'Delete', keyCode: 46 })
  fireEvent.keyDown(box(), { key: 'Enter', keyCode: 13 })
  expect(onChange).not.toHaveBeenCalled()
  document.removeEventListener('keydown', onKeyDown)
})

test('Tab indents, and after Escape it leaves the editor; a dialog around it hears nothing of that Escape', () => {
  const heard: KeyboardEvent[] = []
  const listen = (event: KeyboardEvent): void => void heard.push(event)
  document.addEventListener('keydown', listen)
  const onChange = vi.fn()
  render(<Form value="<a/>" onChange={onChange} />)
  expect(box().getAttribute('aria-description')).toContain('Escape, then Tab')
  fireEvent.keyDown(box(), { key: 'Tab', keyCode: 9 })
  expect(onChange).toHaveBeenLastCalledWith('  <a/>')
  expect(heard.at(-1)?.defaultPrevented).toBe(true)
  heard.length = 0
  fireEvent.keyDown(box(), { key: 'Escape', keyCode: 27 })
  expect(heard).toEqual([])
  fireEvent.keyDown(box(), { key: 'Tab', keyCode: 9 })
  expect(heard.at(-1)?.defaultPrevented).toBe(false)
  expect(onChange).toHaveBeenCalledTimes(1)
  document.removeEventListener('keydown', listen)
})

test('problems mark their lines, are listed in the order of lines, and lead there even after typing above', () => {
  const problems = [
    { line: 3, message: 'No such bus', severity: 'error' },
    { line: 2, message: 'Slow', severity: 'warning' },
    { line: 99, message: 'Something is missing', severity: 'info' },
  ] as const
  render(<Form value={'<a>\n<b/>\n<c/>\n</a>'} problems={problems} />)
  const entries = within(screen.getByRole('log', { name: 'Problems' })).getAllByRole('button')
  expect(entries.map(({ textContent }) => textContent)).toEqual([
    'WarningLine 2Slow',
    'ErrorLine 3No such bus',
    'HintLine 99Something is missing',
  ])
  const marked = (): (string | null)[] =>
    [...box().querySelectorAll('.xml-problem-line-error')].map(({ textContent }) => textContent)
  expect(marked()).toEqual(['<c/>'])
  type(0, '<!-- -->\n\n')
  expect(marked()).toEqual(['<c/>'])
  fireEvent.click(screen.getByRole('button', { name: /No such bus/ }))
  const { state } = editor()
  expect(state.doc.lineAt(state.selection.main.head).text).toBe('<c/>')
})

test('problems that are gone leave no mark', () => {
  const problem = { line: 1, message: 'Wrong', severity: 'error' } as const
  const { rerender } = render(<XmlEditor label="Definition" value="<a/>" problems={[problem]} />)
  expect(box().querySelector('.xml-problem-line-error')).not.toBeNull()
  rerender(<XmlEditor label="Definition" value="<a/>" problems={[]} />)
  expect(box().querySelector('.xml-problem-line-error')).toBeNull()
  expect(screen.queryByText('Wrong')).toBeNull()
})

test('long lines are wrapped when the user wants it', () => {
  render(<Form value="<a/>" />)
  const button = screen.getByRole('button', { name: 'Wrap long lines' })
  expect(editor().lineWrapping).toBe(false)
  fireEvent.click(button)
  expect(button.getAttribute('aria-pressed')).toBe('true')
  expect(box().classList).toContain('cm-lineWrapping')
})

test('a line too long for the browser to lay out stays unwrapped', () => {
  render(<Form value={`<a>\n${"<b c='d'/>".repeat(30_000)}\n</a>`} isWrapped />)
  expect(box().classList).not.toContain('cm-lineWrapping')
  act(() => editor().dispatch({ changes: { from: 4, to: 250_000 } }))
  expect(box().classList).toContain('cm-lineWrapping')
})

test('Ctrl+F finds, counts and goes from match to match; Escape closes only the find bar', async () => {
  const heard: string[] = []
  const listen = ({ key }: KeyboardEvent): void => void heard.push(key)
  document.addEventListener('keydown', listen)
  render(<Form value={'<a>\n<disk/>\n<DISK/>\n<disk/>\n</a>'} />)
  fireEvent.keyDown(box(), { key: 'f', keyCode: 70, ctrlKey: true })
  const field = await screen.findByRole('textbox', { name: 'Find' })
  expect(document.activeElement).toBe(field)
  fireEvent.change(field, { target: { value: 'disk' } })
  await screen.findByText('3 matches')
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 })
  await screen.findByText('1 of 3')
  fireEvent.click(screen.getByRole('button', { name: 'Previous match' }))
  await screen.findByText('3 of 3')
  fireEvent.click(screen.getByRole('checkbox', { name: 'Match case' }))
  await screen.findByText('2 of 2')
  fireEvent.change(field, { target: { value: 'nowhere' } })
  await screen.findByText('No matches')
  heard.length = 0
  fireEvent.keyDown(field, { key: 'Escape', keyCode: 27 })
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Find' })).toBeNull())
  expect(heard).toEqual([])
  document.removeEventListener('keydown', listen)
})

test('what is found can be replaced, but not in a read-only text', async () => {
  const onChange = vi.fn()
  const { rerender } = render(<XmlEditor label="Definition" value="<a>x x</a>" onChange={onChange} />)
  fireEvent.click(screen.getByRole('button', { name: 'Find' }))
  fireEvent.change(await screen.findByRole('textbox', { name: 'Find' }), { target: { value: 'x' } })
  fireEvent.change(screen.getByRole('textbox', { name: 'Replace with' }), { target: { value: 'yz' } })
  fireEvent.click(screen.getByRole('button', { name: 'Replace all' }))
  expect(onChange).toHaveBeenLastCalledWith('<a>yz yz</a>')
  rerender(<XmlEditor label="Definition" value="<a>yz yz</a>" isReadOnly />)
  expect(screen.queryByRole('textbox', { name: 'Replace with' })).toBeNull()
})

test('of a document with a hundred thousand lines only what is in view is drawn', () => {
  const value = `<a>\n${"<b c='d'/>\n".repeat(100_000)}</a>`
  const onChange = vi.fn()
  render(<Form value={value} onChange={onChange} />)
  expect(box().querySelectorAll('.cm-line').length).toBeLessThan(500)
  type(value.length, '\n')
  expect(onChange).toHaveBeenLastCalledWith(`${value}\n`)
})
