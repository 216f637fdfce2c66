import { expect, test } from 'vitest'
import { newSalt, sha512Crypt } from './sha512-crypt'

test('hashes are those that the specification publishes', async () => {
  const published = [
    [
      'Hello world!',
      'saltstring',
      5000,
      '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
    ],
    [
      'Hello world!',
      'saltstringsaltstring',
      10_000,
      '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
    ],
    [
      'a very much longer text to encrypt.  This one even stretches over morethan one line.',
      'anotherlongsaltstring',
      1400,
      '$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1',
    ],
    [
      'we have a short salt string but not a short password',
      'short',
      77_777,
      '$6$rounds=77777$short$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0',
    ],
  ] as const
  for (const [password, salt, rounds, hash] of published)
    expect(await sha512Crypt(password, salt, rounds)).toBe(hash)
})

test('passwords beyond ASCII are hashed as the UTF-8 that is typed on the console', async () => {
  // as "openssl passwd -6 -salt abc" has it
  expect(await sha512Crypt('Grüße, Jürgen', 'abc')).toBe(
    '$6$abc$jm/qIxhQReBwRrmZQSnDRMBnrjdKzCXQzhvpL0v7BmHuMtPROGBu6MxtNuHowDxvS8uUq.q66uWB0cOhkEyG4.',
  )
})

test('while a password is hashed the rest of the process has its turns', async () => {
  let turns = 0
  let isOver = false
  const other = (): void => {
    turns += 1
    if (!isOver) setImmediate(other)
  }
  setImmediate(other)
  await sha512Crypt('x', 'abc')
  isOver = true
  expect(turns).toBeGreaterThanOrEqual(15)
})

test('each salt is new, and of the signs that salts may have', () => {
  const salts = new Set(Array.from({ length: 20 }, newSalt))
  expect(salts.size).toBe(20)
  for (const salt of salts) expect(salt).toMatch(/^[./0-9A-Za-z]{16}$/)
})
