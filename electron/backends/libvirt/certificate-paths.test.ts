import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseHostUri } from '../../../shared/model/host-uri'
import { certificatePaths, type ClientComputer } from './certificate-paths'

const plain = parseHostUri('qemu+tls://h/system')
const files = ['cacert.pem', 'clientcert.pem', 'clientkey.pem']
let home: string
let ann: ClientComputer

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'innkeeper-pki-'))
  ann = { platform: 'linux', home, isRoot: false, appData: undefined }
})

afterEach(() => rmSync(home, { recursive: true }))

function put(folder: string, names: readonly string[]): void {
  mkdirSync(folder, { recursive: true })
  for (const name of names) writeFileSync(join(folder, name), '')
}

describe('where certificates are looked for', () => {
  it('is the folder the URI names, whatever else there is', async () => {
    put(join(home, '.pki/libvirt'), files)
    const paths = await certificatePaths(parseHostUri('qemu+tls://h/system?pkipath=/x%20y'), ann)
    expect(paths).toEqual({
      ca: '/x y/cacert.pem',
      certificate: '/x y/clientcert.pem',
      key: '/x y/clientkey.pem',
      crl: '/x y/cacrl.pem',
    })
    const inHome = await certificatePaths(parseHostUri('qemu+tls://h/system?pkipath=~/keys'), ann)
    expect(inHome.ca).toBe(join(home, 'keys/cacert.pem'))
  })

  it("is the user's own folder when it is complete", async () => {
    put(join(home, '.pki/libvirt'), files)
    expect((await certificatePaths(plain, ann)).key).toBe(join(home, '.pki/libvirt/clientkey.pem'))
  })

  it.each(files)("is the system's when the user's lacks %s", async (missing) => {
    put(
      join(home, '.pki/libvirt'),
      files.filter((name) => name !== missing),
    )
    expect(await certificatePaths(plain, ann)).toEqual({
      ca: '/etc/pki/CA/cacert.pem',
      certificate: '/etc/pki/libvirt/clientcert.pem',
      key: '/etc/pki/libvirt/private/clientkey.pem',
      crl: '/etc/pki/CA/cacrl.pem',
    })
  })

  it("is the system's for root", async () => {
    put(join(home, '.pki/libvirt'), files)
    expect((await certificatePaths(plain, { ...ann, isRoot: true })).ca).toBe('/etc/pki/CA/cacert.pem')
  })

  it('is in the settings of programs on Windows', async () => {
    const windows = { ...ann, platform: 'win32' as const, appData: join(home, 'Roaming') }
    expect((await certificatePaths(plain, windows)).ca).toBe(join(home, 'Roaming/libvirt/pki/CA/cacert.pem'))
  })

  it('refuses a folder without a name', async () => {
    await expect(certificatePaths(parseHostUri('qemu+tls://h/system?pkipath='), ann)).rejects.toMatchObject({
      kind: 'invalid',
      field: 'uri',
    })
  })
})
