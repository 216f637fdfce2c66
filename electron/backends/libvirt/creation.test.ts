import { describe, expect, it } from 'vitest'
import { creationOf } from './creation'
import type { LibvirtHost } from './host'
import { fakeRpc, hostError } from './testing/fake-rpc'

const uuid = '6a1c0f3e-9a55-4c0e-8a1b-000000000001'
const first = `<domain><name>new</name><uuid>${uuid}</uuid><os><kernel>/k</kernel></os></domain>`
const stored = `<domain><name>new</name><uuid>${uuid}</uuid><os/></domain>`
const dom = { name: 'new', uuid, id: 3 }

function hostWith(answers: { readonly create?: () => unknown; readonly define?: () => unknown } = {}) {
  const done: string[] = []
  const rpc = fakeRpc({
    DOMAIN_LOOKUP_BY_NAME: () => {
      throw hostError('VIR_ERR_NO_DOMAIN')
    },
    DOMAIN_LOOKUP_BY_UUID: () => {
      throw hostError('VIR_ERR_NO_DOMAIN')
    },
    DOMAIN_CREATE_XML: ({ xml_desc: xml, flags }: { xml_desc: string; flags: number }) => {
      done.push(`start ${xml} ${flags}`)
      return answers.create?.() ?? { dom }
    },
    DOMAIN_DEFINE_XML_FLAGS: ({ xml, flags }: { xml: string; flags: number }) => {
      done.push(`store ${xml} ${flags}`)
      return answers.define?.() ?? { dom }
    },
    DOMAIN_DESTROY: ({ dom: { uuid: of } }: { dom: { uuid: string } }) => {
      done.push(`end ${of}`)
    },
  })
  const inventory = { settle: async () => undefined }
  return { done, creation: creationOf({ rpc: rpc.session, inventory } as unknown as LibvirtHost, '') }
}

describe('installing a VM', () => {
  it('starts it with one definition and stores the other, both checked by the host', async () => {
    const { creation, done } = hostWith()
    expect(await creation.install(first, stored)).toBe(uuid)
    expect(done).toEqual([`start ${first} 16`, `store ${stored} 1`])
  })

  it('ends what has started when the host does not store the other', async () => {
    const { creation, done } = hostWith({
      define: () => {
        throw hostError('VIR_ERR_XML_ERROR')
      },
    })
    await expect(creation.install(first, stored)).rejects.toThrow()
    expect(done.at(-1)).toBe(`end ${uuid}`)
  })

  it('stores nothing when it does not start', async () => {
    const { creation, done } = hostWith({
      create: () => {
        throw hostError('VIR_ERR_OPERATION_FAILED')
      },
    })
    await expect(creation.install(first, stored)).rejects.toThrow()
    expect(done).toEqual([`start ${first} 16`])
  })
})
