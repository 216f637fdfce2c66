import { expect, it } from 'vitest'
import { inTreeOrder, newestFirst } from './tree'

const one = (name: string, createdAtMs: number, parent?: string) => ({
  name,
  createdAtMs,
  ...(parent === undefined ? {} : { parent }),
})
const names = (snapshots: readonly { readonly name: string }[]): string[] => snapshots.map(({ name }) => name)

it('of snapshots made within one second those made from another one are newer', () => {
  const chain = [
    one('three', 5000, 'two'),
    one('two', 5000, 'one'),
    one('one', 5000),
    one('later', 6000, 'one'),
  ]
  expect(names(newestFirst(chain))).toEqual(['later', 'three', 'two', 'one'])
  expect(names(newestFirst(chain.toReversed()))).toEqual(['later', 'three', 'two', 'one'])
})

it('the tree has parents before children and keeps what names an unknown parent', () => {
  const lost = one('lost', 1, 'gone')
  expect(names(inTreeOrder([one('b', 3, 'a'), one('a', 2), lost]))).toEqual(['lost', 'a', 'b'])
})
