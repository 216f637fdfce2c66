import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { userInWords, usersInWords } from '../../shared/model/storage/usage-words'
import type { ImageUser } from '../../shared/model/storage/volume'
import { refuseWhileUsed, usersOfImages } from './image-usage'

const web: ImageUser = { kind: 'disk', name: 'web', vm: 'w', target: 'vda', isRunning: true }

describe('who uses an image', () => {
  it('is found through each base of a chain', () => {
    const bases = new Map([
      ['/top', '/two'],
      ['/two', '/one'],
      ['/one', '/base'],
    ])
    const users = usersOfImages([{ image: '/top', user: web }], bases)
    expect(users['/top']).toEqual([web])
    for (const [image, overlay] of [
      ['/two', '/top'],
      ['/one', '/two'],
      ['/base', '/one'],
    ] as const)
      expect(users[image], image).toEqual([
        { kind: 'image', name: overlay },
        { ...web, kind: 'backing', isReadOnly: true },
      ])
  })

  it('is told once, though both definitions of a VM have it, and ends where images hang on themselves', () => {
    const bases = new Map([
      ['/a', '/b'],
      ['/b', '/a'],
    ])
    const uses = [web, { ...web, isRunning: false }].map((user) => ({ image: '/a', user }))
    const users = usersOfImages(uses, bases)
    expect(users['/a']?.filter(({ kind }) => kind === 'disk')).toEqual([web])
    expect(users['/b']?.map(({ kind }) => kind)).toEqual(['image', 'backing'])
  })

  it('keeps it from being destroyed, by name, also when not everything could be read', () => {
    const refused = (users: ImageUser[], unread: string[]): AppError => {
      try {
        refuseWhileUsed('disk.qcow2', users, unread, 'Remove it there first.')
      } catch (error) {
        if (error instanceof AppError) return error
      }
      throw new Error('It was not refused')
    }
    const one = refused([web], [])
    expect(one).toMatchObject({ kind: 'busy', message: 'web uses "disk.qcow2"', detail: 'web (disk vda)' })
    const two = refused([web, { ...web, name: 'mail', target: 'sda', kind: 'cdrom' }], [])
    expect(two.message).toBe('web and mail use "disk.qcow2"')
    expect(refused([], ['VM old: denied']).detail).toBe('VM old: denied')
    expect(() => refuseWhileUsed('disk.qcow2', [], [], '')).not.toThrow()
  })

  it('is said in words', () => {
    const names = ['a', 'b', 'c', 'd', 'd'].map((name): ImageUser => ({ kind: 'disk', name }))
    expect(usersInWords(names)).toBe('a, b, c and 1 more')
    expect(userInWords({ kind: 'snapshot', name: 'web', snapshot: 'before' })).toBe('web (snapshot before)')
    expect(userInWords({ kind: 'image', name: '/top' })).toBe('/top (built on it)')
  })
})
