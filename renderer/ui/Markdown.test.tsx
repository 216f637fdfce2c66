import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { Markdown } from './Markdown'

afterEach(cleanup)

const drawn = (text: string): HTMLElement => render(<Markdown text={text} />).container

test('headings, lists, emphasis and code are drawn', () => {
  const page = drawn('# Backup\n\n- nightly at **02:30**\n- by `restic`\n')
  expect(page.querySelector('.markdown-heading')?.textContent).toBe('Backup')
  expect([...page.querySelectorAll('li')].map((line) => line.textContent)).toEqual([
    'nightly at 02:30',
    'by restic',
  ])
  expect(page.querySelector('strong')?.textContent).toBe('02:30')
  expect(page.querySelector('code')?.textContent).toBe('restic')
})

test('nothing in it is a link, a picture, markup or a name of the page', () => {
  const page = drawn(
    '# app\n\n<b onclick="x()">HTML</b> <script>y()</script> [run](javascript:alert(1)) [docs](https://example.org/a) ' +
      '![logo](https://example.org/logo.png) https://example.org/b\n\n<iframe src="https://example.org"></iframe>',
  )
  expect(page.querySelectorAll('a, img, b, script, iframe, link, [id], [onclick]')).toHaveLength(0)
  expect(page.textContent).toContain('<b onclick="x()">HTML</b>')
  expect(page.textContent).toContain('docs (https://example.org/a)')
  expect(page.textContent).not.toContain('javascript:')
  expect(page.textContent).toContain('[logo]')
})

test('what follows after very much text is shown as it stands', () => {
  const page = drawn(`${'a '.repeat(10_000)}**end**`)
  expect(page.querySelector('strong')).toBeNull()
  expect(page.textContent).toContain('**end**')
})
