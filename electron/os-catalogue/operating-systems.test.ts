import { describe, expect, it } from 'vitest'
import { fakeBackend } from '../backends/fake/fake-backend'
import { connectTo, idOf } from '../backends/fake/test-session'
import { OperatingSystems } from './operating-systems'

describe('the overview of a VM', () => {
  it('has the name of the operating system its definition notes, where the catalogue knows it', async () => {
    const session = await connectTo(fakeBackend(), 'demo://local/')
    const systems = new OperatingSystems({ hosts: { get: () => session } })
    const overview = await session.overview(await idOf(session, 'win11-office'))
    expect(overview.osId).toBe('http://microsoft.com/win/11')
    expect(await systems.named(overview)).toEqual({ ...overview, osName: 'Microsoft Windows 11' })
    const strange = { ...overview, osId: 'http://example.org/strange/1' }
    expect(await systems.named(strange)).toBe(strange)
    const { osId: _, ...bare } = overview
    expect(await systems.named(bare)).toBe(bare)
  })
})
