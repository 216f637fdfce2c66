import { expect, it } from 'vitest'
import { parseHostUri } from '../../../shared/model/host-uri'
import type { ClientComputer } from './certificate-paths'
import { places } from './display-trust'

const computer: ClientComputer = {
  platform: 'linux',
  home: '/home/ann',
  isRoot: false,
  appData: undefined,
}
const folders = async (uri: string): Promise<string[]> =>
  (await places(parseHostUri(uri), computer)).map(({ ca, certificate }) => `${ca} ${certificate}`)

it('looks for certificates of screens where other viewers do, the account’s own before the system’s', async () => {
  const [own, system, libvirts] = await folders('qemu+ssh://db1/system')
  expect(own).toBe('/home/ann/.pki/CA/cacert.pem /home/ann/.pki/libvirt-vnc/clientcert.pem')
  expect(system).toBe('/etc/pki/CA/cacert.pem /etc/pki/libvirt-vnc/clientcert.pem')
  expect(libvirts).toMatch(/libvirt\/clientcert\.pem$/)
})

it('prefers the folder that the host’s URI names', async () => {
  const [first] = await folders('qemu+tls://db1/system?pkipath=/keys')
  expect(first).toBe('/keys/cacert.pem /keys/clientcert.pem')
})
