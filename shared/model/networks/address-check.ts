/** Rules of a network's addresses, ranges and reservations. */
import { isIpv4, isIpv6 } from '../hardware/ip'
import { plain, type Row, type Values } from '../hardware/field'
import { rowsOf } from './modes'
import type { NetworkProblem } from './network-check'
import { addressNumber, classPrefix, familyOf, isInside, subnetOf, subnetText, type Subnet } from './subnet'

const families = [
  { family: 'ipv4', number: 4, example: '192.168.122.1', isOfIt: isIpv4, bits: 32 },
  { family: 'ipv6', number: 6, example: 'fd00:122::1', isOfIt: isIpv6, bits: 128 },
] as const
type Family = (typeof families)[number]

const wrong = (field: string, message: string): NetworkProblem => ({ severity: 'error', field, message })

export function checkAddresses(values: Values): NetworkProblem[] {
  return [...families.flatMap((family) => checkFamily(values, family)), ...checkRoutes(values)]
}

function checkFamily(values: Values, { family, number, example, isOfIt, bits }: Family): NetworkProblem[] {
  const address = plain(values[`${family}Address`])
  if (address === '') return []
  if (!isOfIt(address)) return [wrong(`${family}Address`, `Enter an address such as ${example}`)]
  const prefix = Number(values[`${family}Prefix`] ?? (number === 4 ? classPrefix(address) : 64))
  if (prefix > bits) return [wrong(`${family}Prefix`, `The prefix has at most ${bits} bits`)]
  const subnet = subnetOf(address, prefix)
  if (!subnet) return [wrong(`${family}Prefix`, 'This address needs a prefix')]
  const problems = checkOwnAddress(address, subnet, `${family}Address`)
  if (values[`dhcp${number}`] !== true) return problems
  if (number === 6 && prefix !== 64)
    problems.push({
      severity: 'warning',
      field: 'ipv6Prefix',
      message: 'Guests that make their own addresses need a prefix of 64',
    })
  // libvirt forgets that it shall hand out addresses when there are none
  if (rowsOf(values[`ranges${number}`]).length + rowsOf(values[`reservations${number}`]).length === 0)
    problems.push(wrong(`ranges${number}`, 'Enter a range to hand out, or reserve an address'))
  return [...problems, ...checkRanges(values, number, subnet), ...checkReservations(values, number, subnet)]
}

/** The first and the last address of an IPv4 network belong to nobody. */
function checkOwnAddress(address: string, subnet: Subnet, field: string): NetworkProblem[] {
  if (subnet.family !== 'ipv4' || subnet.prefix > 30) return []
  const number = addressNumber(address)
  if (number === subnet.first)
    return [wrong(field, 'This is the address of the network itself; take the next')]
  return number === subnet.last ? [wrong(field, 'This is the broadcast address of the network')] : []
}

function checkRanges(values: Values, number: 4 | 6, subnet: Subnet): NetworkProblem[] {
  const field = `ranges${number}`
  const problems: NetworkProblem[] = []
  const ranges: { first: bigint; last: bigint }[] = []
  const own = addressNumber(plain(values[`ipv${number}Address`])) ?? 0n
  for (const row of rowsOf(values[field])) {
    const [start, end] = [plain(row['start']), plain(row['end'])]
    const [first, last] = [addressNumber(start), addressNumber(end)]
    if (first === undefined || last === undefined) {
      problems.push(wrong(field, 'Enter the first and the last address of each range'))
      continue
    }
    if (!isInside(start, subnet) || !isInside(end, subnet))
      problems.push(wrong(field, `The range has to lie inside ${subnetText(subnet)}`))
    else if (first > last) problems.push(wrong(field, 'The last address of a range comes before its first'))
    else if (first <= own && own <= last)
      problems.push(wrong(field, 'The range contains the host’s own address'))
    else if (subnet.family === 'ipv4' && (first === subnet.first || last === subnet.last))
      problems.push(wrong(field, 'The first and the last address of the network cannot be handed out'))
    // dnsmasq has no more in one range
    else if (last - first > 65_534n) problems.push(wrong(field, 'A range has at most 65535 addresses'))
    if (ranges.some((one) => one.first <= last && first <= one.last))
      problems.push(wrong(field, 'Two ranges overlap'))
    ranges.push({ first, last })
    if (row['lease'] !== undefined && Number(row['lease']) !== 0 && leaseSeconds(row) < 120)
      problems.push(wrong(field, 'A lease lasts two minutes or more; 0 never ends'))
  }
  return problems
}

function leaseSeconds(row: Row): number {
  const unit = row['leaseUnit'] === 'hours' ? 3600 : row['leaseUnit'] === 'seconds' ? 1 : 60
  return Number(row['lease']) * unit
}

function checkReservations(values: Values, number: 4 | 6, subnet: Subnet): NetworkProblem[] {
  const field = `reservations${number}`
  const rows = rowsOf(values[field])
  const problems: NetworkProblem[] = []
  const id = number === 4 ? 'mac' : 'id'
  const own = plain(values[`ipv${number}Address`])
  for (const row of rows) {
    const ip = plain(row['ip'])
    if (addressNumber(ip) === undefined || familyOf(ip) !== subnet.family)
      problems.push(wrong(field, `${ip === '' ? 'An entry' : ip} is no IPv${number} address`))
    else if (!isInside(ip, subnet)) problems.push(wrong(field, `${ip} is outside ${subnetText(subnet)}`))
    else if (addressNumber(ip) === addressNumber(own))
      problems.push(wrong(field, `${ip} is the host’s own address`))
    else problems.push(...checkOwnAddress(ip, subnet, field))
    if (row[id] === undefined && row['name'] === undefined)
      problems.push(
        wrong(
          field,
          number === 4
            ? 'A reservation needs a MAC address or a name'
            : 'A reservation needs a client ID or a name',
        ),
      )
  }
  for (const [column, what] of [
    [id, number === 4 ? 'MAC address' : 'client ID'],
    ['ip', 'address'],
    ['name', 'name'],
  ] as const) {
    const used = rows.flatMap((row) => (row[column] === undefined ? [] : plain(row[column]).toLowerCase()))
    const twice = used.find((one, at) => used.indexOf(one) < at)
    if (twice !== undefined) problems.push(wrong(field, `The ${what} ${twice} is reserved twice`))
  }
  return problems
}

function checkRoutes(values: Values): NetworkProblem[] {
  const own = (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const address = plain(values[`${family}Address`])
    const prefix = values[`${family}Prefix`] ?? (family === 'ipv4' ? classPrefix(address) : 64)
    return subnetOf(address, Number(prefix)) ?? []
  })
  return rowsOf(values['routes']).flatMap((row) => {
    const [address, gateway] = [plain(row['address']), plain(row['gateway'])]
    const number = addressNumber(address)
    if (number === undefined || addressNumber(gateway) === undefined)
      return [wrong('routes', 'Enter addresses such as 10.20.0.0 and 192.168.122.2')]
    if (familyOf(address) !== familyOf(gateway))
      return [wrong('routes', 'Destination and gateway are of different families')]
    if (!own.some((subnet) => isInside(gateway, subnet)))
      return [wrong('routes', `The gateway ${gateway} has to be in this network`)]
    const subnet = subnetOf(
      address,
      Number(row['prefix'] ?? (familyOf(address) === 'ipv4' ? classPrefix(address) : 64)),
    )
    if (!subnet) return [wrong('routes', `The prefix of ${address} is too long`)]
    return subnet.first === number
      ? []
      : [wrong('routes', `${address} is an address inside ${subnetText(subnet)}; enter the network`)]
  })
}
