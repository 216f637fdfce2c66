import { describe, expect, it } from 'vitest'
import type { Values } from '../../../shared/model/hardware/field'
import { EditDocument } from '../edit/tree'
import { updateWords } from './commands'
import { networkValues, writeNetworkValues } from './definition'
import { liveWork } from './live-steps'

const running = EditDocument.parse(`<network connections='1'>
  <name>default</name>
  <uuid>8d5f2a51-1d60-4a0a-8d0e-2f4a4f1f0d3c</uuid>
  <forward mode='nat'><nat><port start='1024' end='65535'/></nat></forward>
  <bridge name='virbr0' stp='on' delay='0'/>
  <mac address='52:54:00:11:22:33'/>
  <ip address='192.168.122.1' netmask='255.255.255.0'>
    <dhcp>
      <range start='192.168.122.2' end='192.168.122.254'/>
      <host mac='52:54:00:00:00:01' name='web' ip='192.168.122.10'/>
      <host mac='52:54:00:00:00:02' name='db' ip='192.168.122.11'/>
    </dhcp>
  </ip>
  <ip family='ipv6' address='fd00:122::1' prefix='64'>
    <dhcp><host id='0:1' ip='fd00:122::10'/></dhcp>
  </ip>
  <portgroup name='staff'/>
</network>`)

function work(change: Values) {
  const wanted = running.clone()
  wanted.root.setAttribute('connections', undefined)
  writeNetworkValues(wanted.root, { ...networkValues(running.root), ...change })
  const { steps, afterRestart } = liveWork(running.root, wanted.root)
  return { steps: steps.map(({ section, command, xml }) => `${command} ${section} ${xml}`), afterRestart }
}

describe('a running network', () => {
  it('has nothing to do for what it is already', () => {
    expect(work({})).toEqual({ steps: [], afterRestart: [] })
  })

  it('has ports and a bridge of its own where nothing is stored of them', () => {
    expect(work({ natPortStart: undefined, natPortEnd: undefined, bridgeName: undefined })).toEqual({
      steps: [],
      afterRestart: [],
    })
    expect(work({ natPortStart: 2000 }).afterRestart).toEqual(['Outside port, first'])
  })

  it('takes reservations at once, and those that go are gone before others come', () => {
    expect(
      work({
        reservations4: [
          { mac: '52:54:00:00:00:02', name: 'db', ip: '192.168.122.10' },
          { mac: '52:54:00:00:00:03', ip: '192.168.122.12' },
        ],
      }),
    ).toEqual({
      steps: [
        "delete ip-dhcp-host <host mac='52:54:00:00:00:01' name='web' ip='192.168.122.10'/>",
        "modify ip-dhcp-host <host mac='52:54:00:00:00:02' name='db' ip='192.168.122.10'/>",
        "add ip-dhcp-host <host mac='52:54:00:00:00:03' ip='192.168.122.12'/>",
      ],
      afterRestart: [],
    })
  })

  it('is told which of its addresses a reservation belongs to', () => {
    const wanted = running.clone()
    writeNetworkValues(wanted.root, {
      ...networkValues(running.root),
      reservations6: [{ id: '0:2', ip: 'fd00:122::11' }],
    })
    const { steps } = liveWork(running.root, wanted.root)
    expect(steps.map(({ parentIndex, command }) => [command, parentIndex])).toEqual([
      ['delete', 1],
      ['add', 1],
    ])
    const [first] = steps
    expect(first && updateWords('default', first)).toEqual([
      'net-update',
      'default',
      'delete',
      'ip-dhcp-host',
      "<host id='0:1' ip='fd00:122::10'/>",
      '--live',
      '--parent-index',
      '1',
    ])
  })

  it('takes ranges, names, records and port groups at once', () => {
    expect(
      work({
        ranges4: [{ start: '192.168.122.100', end: '192.168.122.200' }],
        dnsHosts: [{ ip: '192.168.122.10', names: 'web, www' }],
        txt: [{ name: 'a', value: 'b' }],
        srv: [{ service: 'ldap', protocol: 'tcp' }],
        portGroups: [{ name: 'staff', inAverage: 1024 }, { name: 'guests' }],
      }).steps,
    ).toEqual([
      "delete ip-dhcp-range <range start='192.168.122.2' end='192.168.122.254'/>",
      "add ip-dhcp-range <range start='192.168.122.100' end='192.168.122.200'/>",
      "modify portgroup <portgroup name='staff'><bandwidth><inbound average='1'/></bandwidth></portgroup>",
      "add portgroup <portgroup name='guests'/>",
      "add dns-host <host ip='192.168.122.10'><hostname>web</hostname><hostname>www</hostname></host>",
      "add dns-txt <txt name='a' value='b'/>",
      "add dns-srv <srv service='ldap' protocol='tcp'/>",
    ])
  })

  it('waits for a restart with what libvirt cannot change under it', () => {
    expect(work({ mtu: 1400, domain: 'lan' })).toEqual({ steps: [], afterRestart: ['MTU', 'Domain'] })
    // other addresses are another network, so nothing of it comes before
    const moved = work({
      ipv4Address: '192.168.50.1',
      ranges4: [{ start: '192.168.50.2', end: '192.168.50.9' }],
      reservations4: undefined,
    })
    expect(moved.steps).toEqual([])
    expect(moved.afterRestart).toEqual(['IPv4 address', 'Ranges', 'Reserved addresses'])
  })

  it('says that something waits which no field shows', () => {
    const wanted = EditDocument.parse(
      running.toString().replace('</network>', "<x:y xmlns:x='urn:x'/></network>"),
    )
    expect(liveWork(running.root, wanted.root)).toEqual({
      steps: [],
      afterRestart: ['Other parts of the definition'],
    })
  })
})
