import { expect, test } from 'vitest'
import { parseXml } from '../../../domain-xml/document'
import { readVolume } from './volume-read'

test('a volume is read as the host describes it', () => {
  const xml = `<volume type='file'><name>top.qcow2</name><key>/images/top.qcow2</key>
    <capacity unit='KiB'>1024</capacity><allocation unit='bytes'>200704</allocation>
    <target><path>/images/top.qcow2</path><format type='qcow2'/>
      <permissions><mode>0644</mode><owner>0</owner><group>107</group></permissions>
      <timestamps><atime>1700000000.0</atime><mtime>1700000000.123456789</mtime></timestamps>
      <encryption format='luks'><secret type='passphrase' uuid='x'/></encryption>
      <clusterSize unit='B'>65536</clusterSize></target>
    <backingStore><path>/images/base.img</path><format type='raw'/></backingStore></volume>`
  expect(readVolume(parseXml(xml).root, 'top.qcow2', 'key')).toEqual({
    name: 'top.qcow2',
    key: '/images/top.qcow2',
    type: 'file',
    path: '/images/top.qcow2',
    format: 'qcow2',
    capacityBytes: 1024 ** 2,
    allocationBytes: 200_704,
    backingPath: '/images/base.img',
    backingFormat: 'raw',
    isEncrypted: true,
    modifiedAtMs: 1_700_000_000_123,
    permissions: { mode: '0644', owner: 0, group: 107 },
    clusterSizeBytes: 65_536,
  })
  const bare = parseXml('<volume type="odd"><name>x</name></volume>').root
  expect(readVolume(bare, 'x', 'rbd/x')).toEqual({
    name: 'x',
    key: 'rbd/x',
    type: 'unknown',
    path: 'rbd/x',
    capacityBytes: 0,
    allocationBytes: 0,
    isEncrypted: false,
  })
})
