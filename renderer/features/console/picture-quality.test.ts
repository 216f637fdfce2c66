import { expect, test } from 'vitest'
import { isOwn, ownQuality, qualityOf } from './picture-quality'

test('levels of one’s own are remembered as they were chosen', () => {
  const chosen = ownQuality(3, 7)
  expect(isOwn(chosen)).toBe(true)
  expect(qualityOf(chosen.id)).toEqual(chosen)
})

test.each(['', 'own', 'own 10 2', 'own -1 2', 'own 3', 'finest'])('"%s" is balanced quality', (id) => {
  expect(qualityOf(id)).toMatchObject({ id: 'balanced', quality: 6 })
})
