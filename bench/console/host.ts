/** A host with one running VM, whose display is wherever the bench says: just enough of libvirt's daemon for the app's console. */
import { createServer, type Server } from 'node:net'
import { FakeDaemon, FakeError } from '../../electron/libvirt-rpc/testing/fake-daemon'
import { domainStats, domainsOf, statsGroups } from '../fleet/domains'

const [vm = { name: 'vm', uuid: '', id: 1 }] = domainsOf(1)
export const vmName = vm.name

const noMetadata = new FakeError(80, 10, 'metadata not found')

export async function serveHost(socketPath: string, vncPort: number): Promise<Server> {
  const xml = `<domain type='qemu' id='1'><name>${vm.name}</name><uuid>${vm.uuid}</uuid><memory>1048576</memory>
    <vcpu>1</vcpu><os><type arch='x86_64' machine='q35'>hvm</type></os><devices>
    <graphics type='vnc' port='${vncPort}' listen='127.0.0.1'><listen type='address' address='127.0.0.1'/></graphics>
    </devices></domain>`
  const server = createServer((socket) => {
    new FakeDaemon(socket)
      .on('CONNECT_GET_HOSTNAME', () => ({ hostname: 'bench' }))
      .on('CONNECT_GET_URI', () => ({ uri: 'qemu:///system' }))
      .on('CONNECT_GET_TYPE', () => ({ type: 'QEMU' }))
      .on('CONNECT_GET_VERSION', () => ({ hv_ver: 7_002_000 }))
      .on('CONNECT_GET_CAPABILITIES', () => ({
        capabilities: '<capabilities><host><cpu><arch>x86_64</arch></cpu></host></capabilities>',
      }))
      .on('NODE_GET_INFO', () => ({
        model: [...Buffer.from('x86_64'.padEnd(32, '\0'))],
        memory: 1_048_576,
        cpus: 2,
        mhz: 2500,
        nodes: 1,
        sockets: 1,
        cores: 2,
        threads: 1,
      }))
      .on('CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY', () => ({ callbackID: 1 }))
      .on('DOMAIN_GET_METADATA', () => {
        throw noMetadata
      })
      .on('CONNECT_LIST_ALL_DOMAINS', () => ({ domains: [vm], ret: 1 }))
      .on('DOMAIN_LOOKUP_BY_UUID', () => ({ dom: vm }))
      .on('DOMAIN_GET_XML_DESC', () => ({ xml }))
      .on('DOMAIN_GET_INFO', () => ({
        state: 1,
        maxMem: 1_048_576n,
        memory: 1_048_576n,
        nrVirtCpu: 1,
        cpuTime: 0n,
      }))
      .on('DOMAIN_GET_STATE', () => ({ state: 1, reason: 1 }))
      .on('DOMAIN_GET_AUTOSTART', () => ({ autostart: 0 }))
      .on('DOMAIN_IS_PERSISTENT', () => ({ persistent: 1 }))
      .on('DOMAIN_HAS_MANAGED_SAVE_IMAGE', () => ({ result: 0 }))
      .on('CONNECT_GET_ALL_DOMAIN_STATS', ({ stats }) => ({
        retStats: [{ dom: vm, params: domainStats(1, Number(stats) || statsGroups.all) }],
      }))
  })
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  return server
}
