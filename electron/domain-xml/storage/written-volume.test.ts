import { expect, test } from 'vitest'
import { AppError } from '../../../shared/errors'
import { writtenVolume } from './written-volume'

function refused(xml: string): AppError {
  try {
    writtenVolume(xml)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It was taken')
}

test('a definition is a volume with a name, whatever else is in it', () => {
  const { name, root } = writtenVolume(
    '<!-- mine -->\n<volume type="file"><name>one &amp; two</name></volume>',
  )
  expect(name).toBe('one & two')
  expect(root.attribute('type')).toBe('file')
})

test('what is no volume is refused before the host is asked, with the reason', () => {
  for (const [xml, message] of [
    ['<volume><name>x</name>', /not well-formed/],
    ['', /not well-formed/],
    ['<pool><name>x</name></pool>', /begins with something else/],
    ['<volume/>', /no name/],
    ['<volume><name></name></volume>', /no name/],
    ['<volume><name>../x</name></volume>', /cannot be called "\.\.\/x"/],
    ['<volume><name>..</name></volume>', /cannot be called/],
  ] as const) {
    const error = refused(xml)
    expect(error.message, xml).toMatch(message)
    expect(error).toMatchObject({ kind: 'invalid', field: 'xml' })
  }
})
