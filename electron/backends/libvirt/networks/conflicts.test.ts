import { expect, test } from 'vitest'
import { parseElement } from '../../../domain-xml/edit/tree'
import { conflictsOf, type Taken } from '../../../domain-xml/networks/conflicts'
import { parseRoutes } from './routes'

const routes = parseRoutes(
  JSON.stringify([
    { dst: 'default', gateway: '192.0.2.1', dev: 'eth0' },
    { dst: '10.20.0.0/16', gateway: '192.0.2.7', dev: 'eth0' },
    { dst: '192.168.122.0/24', dev: 'virbr0' },
    { dst: 'fe80::/64', dev: 'eth0' },
    { dst: 5 },
  ]),
)
const taken: Taken = {
  networks: [{ name: 'default', bridge: 'virbr0', subnets: ['192.168.122.0/24'] }],
  addresses: [
    { interface: 'eth0', address: '192.0.2.10/24' },
    { interface: 'virbr0', address: '192.168.122.1/24' },
  ],
  routes,
}
const conflicts = (name: string, address: string, prefix = 24): string[] =>
  conflictsOf(
    parseElement(`<network><name>${name}</name><ip address='${address}' prefix='${prefix}'/></network>`),
    name,
    taken,
  )

test('routes are read from what the kernel tells, and nothing from what is no list', () => {
  expect(routes).toEqual([
    { destination: 'default', device: 'eth0' },
    { destination: '10.20.0.0/16', device: 'eth0' },
    { destination: '192.168.122.0/24', device: 'virbr0' },
  ])
  expect(parseRoutes('ip: unknown option')).toEqual([])
  expect(parseRoutes('{}')).toEqual([])
})

test('a network is in the way of others, of addresses and of routes of the host, each told once', () => {
  expect(conflicts('new', '192.168.122.129', 25)).toEqual(['Network default has 192.168.122.0/24 already.'])
  expect(conflicts('new', '192.0.2.129')).toEqual(['The host has the address 192.0.2.10/24 on eth0.'])
  expect(conflicts('new', '10.20.3.1')).toEqual(['The host reaches 10.20.0.0/16 through eth0.'])
  expect(conflicts('new', '10.99.0.1')).toEqual([])
})

test('a network is not in its own way, nor is its bridge', () => {
  expect(conflicts('default', '192.168.122.1')).toEqual([])
})
