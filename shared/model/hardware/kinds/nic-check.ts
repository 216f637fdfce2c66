import { plain, type Row, type Values } from '../field'
import { isXen, itemsOf, type CheckContext, type HardwareContext, type Problem } from '../kind'
import { isIp, isIpv4 } from '../ip'
import { macAfter, qemuDefaultMac } from '../mac'
import { nicHints } from './nic-hints'
import { isVirtioNic } from './nic-options'

/** Of all cards of this VM and of what is known of other VMs. */
export function macsInUse(context: HardwareContext): string[] {
  const own = itemsOf(context, 'nic').flatMap(({ values, live }) => [
    plain(values['mac']),
    plain(live?.['mac']),
  ])
  return [...own, ...(context.otherMacs ?? [])].filter((one) => one !== '').map((one) => one.toLowerCase())
}

export function checkNic(values: Values, context: CheckContext): readonly Problem[] {
  return [
    ...checkMac(values, context),
    ...checkSource(values, context),
    ...checkQueues(values, context),
    ...checkTraffic(values),
    ...checkAddresses(values),
    ...checkXen(values, context),
    ...nicHints(values, context),
  ]
}

function checkMac(values: Values, context: CheckContext): Problem[] {
  const address = plain(values['mac']).toLowerCase()
  if (address === '') return []
  const problem = (severity: Problem['severity'], message: string): Problem => ({
    severity,
    message,
    field: 'mac',
    ...given(context, 'Use a free address', { mac: macAfter(address, macsInUse(context)) }),
  })
  const isOther = ({ ref }: { ref: { key: string } }): boolean => ref.key !== context.self?.key
  const twins = itemsOf(context, 'nic').filter(
    (item) => isOther(item) && plain(item.values['mac']).toLowerCase() === address,
  )
  if (twins.length > 0) return [problem('error', 'Another network card of this VM has the same MAC address')]
  if (context.otherMacs?.some((one) => one.toLowerCase() === address))
    return [problem('warning', 'Another VM has the same MAC address: on one network neither works reliably')]
  if (address === '00:00:00:00:00:00')
    return [problem('error', 'A card cannot have the address of all zeros')]
  if (address.startsWith('fe:'))
    return [problem('error', 'Addresses that begin with fe are kept for the host’s end of the cable')]
  return address === qemuDefaultMac
    ? [
        problem(
          'warning',
          'QEMU gives this address to every card without one, so others are likely to have it',
        ),
      ]
    : []
}

function checkSource(values: Values, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  const hint = (severity: Problem['severity'], field: string, message: string): void => {
    problems.push({ severity, field, message })
  }
  switch (values['type']) {
    case 'direct':
      if (values['mode'] === 'passthrough')
        hint(
          'warning',
          'mode',
          'The host loses this network card while the VM runs; it must not be in a bridge',
        )
      else
        hint(
          'hint',
          'device',
          'The guest and its own host do not reach each other this way. For that use a network or a bridge; a card that is in a bridge has to leave it first',
        )
      break
    case 'user':
      problems.push(...checkForwards(values, context))
      break
    case 'mcast':
      if (values['address'] === undefined)
        hint('error', 'address', 'Enter the address of the multicast group')
      else if (!/^2(2[4-9]|3\d)\./.test(plain(values['address'])))
        hint('error', 'address', 'A multicast group has an address from 224.0.0.0 to 239.255.255.255')
      break
    case 'client':
    case 'udp':
      if (values['address'] === undefined) hint('error', 'address', 'Enter the address of the other end')
      break
    case 'hostdev':
      if (!/^([0-9a-f]{4}:)?[0-9a-f]{2}:[0-1][0-9a-f]\.[0-7]$/i.test(plain(values['hostdev'])))
        hint('error', 'hostdev', 'Enter a PCI address such as 0000:03:10.1')
      break
    default:
  }
  for (const field of ['address', 'localAddress'])
    if (values[field] !== undefined && !isIpv4(plain(values[field])))
      hint('error', field, 'Enter an IPv4 address such as 192.168.1.10')
  for (const field of ['targetDev', 'network', 'bridge', 'device', 'portgroup', 'guestDev'])
    if (values[field] !== undefined && !/^[\w.\-\\:/]+$/.test(plain(values[field])))
      hint('error', field, 'Use letters, digits, dots, dashes and underscores')
  return problems
}

function checkForwards(values: Values, context: CheckContext): Problem[] {
  const rows = rowsOf(values['portForwards'])
  const field = 'portForwards'
  const error = (message: string, fix: Pick<Problem, 'fix'> = {}): Problem[] => [
    { severity: 'error', field, message, ...fix },
  ]
  const usePasst = given(context, 'Use passt', { backend: 'passt' })
  const wrong = rows.flatMap((row) => {
    if (row['start'] === undefined && (row['end'] !== undefined || row['to'] !== undefined))
      return error('A forward to a guest port needs its host port')
    return Number(row['end'] ?? row['start']) < Number(row['start'])
      ? error('The last host port comes before the first')
      : []
  })
  if (wrong.length > 0 || values['backend'] === 'passt') return wrong
  if (context.forwardsItself !== true) {
    return rows.length > 0
      ? error('Port forwards need passt', usePasst)
      : [
          {
            severity: 'hint',
            field: 'backend',
            message: 'Nobody reaches the guest from outside. Port forwards need passt',
            ...usePasst,
          },
        ]
  }
  return rows.flatMap((row) => {
    if (row['start'] === undefined) return error('Without passt each forward needs its host port', usePasst)
    if (row['dev'] !== undefined) return error('A forward of one host interface needs passt', usePasst)
    if (row['exclude'] === true) return error('Ports can be left out only with passt', usePasst)
    if (row['address'] !== undefined && !isIpv4(plain(row['address'])))
      return error('Without passt the host address is an IPv4 address such as 127.0.0.1')
    return []
  })
}

function checkQueues(values: Values, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  for (const field of ['rxQueueSize', 'txQueueSize']) {
    const value = values[field]
    if (typeof value === 'number' && ![256, 512, 1024].includes(value))
      problems.push({ severity: 'error', field, message: 'Enter 256, 512 or 1024' })
  }
  if (Number(values['txQueueSize'] ?? 0) > 256 && !['vhostuser', 'vdpa'].includes(plain(values['type'])))
    problems.push({
      severity: 'warning',
      field: 'txQueueSize',
      message: 'Only vhost-user and vDPA take more than 256',
      ...given(context, 'Use 256', { txQueueSize: 256 }),
    })
  if (Number(values['queues'] ?? 1) > 1 && values['driver'] === 'qemu')
    problems.push({
      severity: 'error',
      field: 'queues',
      message: 'Several queues need vhost',
      ...given(context, 'Use vhost', { driver: 'vhost' }),
    })
  if (values['type'] === 'vhostuser' && !isVirtioNic(values))
    problems.push({
      severity: 'error',
      field: 'model',
      message: 'A switch in user space needs a VirtIO card',
      ...given(context, 'Use VirtIO', { model: 'virtio' }),
    })
  return problems
}

function checkTraffic(values: Values): Problem[] {
  const problems: Problem[] = []
  for (const side of ['in', 'out']) {
    const [average, peak, burst] = ['Average', 'Peak', 'Burst'].map((name) => values[`${side}${name}`])
    const field = `${side}Average`
    if (average === undefined && (peak !== undefined || burst !== undefined))
      problems.push({
        severity: 'error',
        field,
        message: 'A peak or a burst needs the limit for each second',
      })
    if (peak !== undefined && average !== undefined && peak < average)
      problems.push({
        severity: 'error',
        field: `${side}Peak`,
        message: 'The peak is below the limit for each second',
      })
  }
  if (values['portProfile'] === 'midonet' && values['interfaceId'] === undefined)
    problems.push({
      severity: 'error',
      field: 'interfaceId',
      message: 'MidoNet needs the ID of its interface',
    })
  const tags = rowsOf(values['vlanTags'])
  if (tags.filter((tag) => tag['native'] !== undefined).length > 1)
    problems.push({ severity: 'error', field: 'vlanTags', message: 'Only one tag can be native' })
  if (new Set(tags.map((tag) => tag['id'])).size < tags.length)
    problems.push({ severity: 'error', field: 'vlanTags', message: 'The same tag is there twice' })
  for (const row of rowsOf(values['filterParameters']))
    if (!/^\w+$/.test(String(row['name'] ?? '')) || !/^[\w.:]+$/.test(String(row['value'] ?? '')))
      problems.push({
        severity: 'error',
        field: 'filterParameters',
        message: 'Names have letters, digits and underscores; values also dots and colons',
      })
  return problems
}

const addressLists = ['guestIps', 'guestRoutes', 'hostIps', 'hostRoutes'] as const

function checkAddresses(values: Values): Problem[] {
  const wrong = (field: string, message: string): Problem => ({ severity: 'error', field, message })
  const inLists = addressLists.flatMap((field) =>
    rowsOf(values[field]).flatMap((row) => {
      const parts = ['address', 'peer', 'gateway', 'netmask'].map((name) => row[name])
      if (parts.some((part) => part !== undefined && !isIp(String(part))))
        return [wrong(field, 'Enter addresses such as 192.168.1.10 or 2001:db8::10')]
      const isFour = isIpv4(String(row['address']))
      if ((row['family'] ?? 'ipv4') !== (isFour ? 'ipv4' : 'ipv6'))
        return [wrong(field, `${String(row['address'])} is of the other family`)]
      if (isFour && Number(row['prefix'] ?? 0) > 32)
        return [wrong(field, 'An IPv4 prefix has at most 32 bits')]
      return row['prefix'] !== undefined && row['netmask'] !== undefined
        ? [wrong(field, 'Enter a prefix or a netmask, not both')]
        : []
    }),
  )
  const forwards = rowsOf(values['portForwards'])
    .filter((row) => row['address'] !== undefined && !isIp(String(row['address'])))
    .map(() => wrong('portForwards', 'Enter the host’s address as numbers, such as 192.168.1.10'))
  return [...inLists, ...forwards]
}

function checkXen(values: Values, context: CheckContext): Problem[] {
  if (!isXen(context)) return []
  const isEmulated =
    context.osType === 'hvm' && values['model'] !== undefined && values['model'] !== 'netfront'
  return [
    ...(itemsOf(context, 'nic').length > 8
      ? [{ severity: 'error', message: 'A Xen guest can have at most eight network cards' } as const]
      : []),
    ...(isEmulated
      ? [
          {
            severity: 'hint',
            field: 'model',
            message:
              'The guest may see this card twice, emulated and paravirtual: disable one of them in the guest',
          } as const,
        ]
      : []),
  ]
}

/** A fix of the card that is looked at; without one there is nothing to mend yet. */
function given(context: CheckContext, label: string, values: Values): Pick<Problem, 'fix'> {
  return context.self ? { fix: { label, changes: [{ kind: 'set', item: context.self, values }] } } : {}
}

function rowsOf(value: Values[string]): readonly Row[] {
  return typeof value === 'object' ? value : []
}
