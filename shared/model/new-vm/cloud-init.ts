/**
 * The three files of cloud-init's data source NoCloud (https://docs.cloud-init.io/en/latest/reference/datasources/nocloud.html),
 * as texts. What a user typed stands in them as quoted scalars only.
 */
import type { CloudInit } from './cloud'
import { yaml, type YamlMap } from './yaml'

export interface SeedFile {
  readonly name: 'user-data' | 'meta-data' | 'network-config'
  readonly text: string
}

export interface SeedFacts {
  readonly vmName: string
  readonly uuid: string
  /** SHA-512 crypt; absent: nobody gets in with a password. */
  readonly passwordHash?: string | undefined
  /** In the order of the cards; undefined where the host draws it. */
  readonly macs: readonly (string | undefined)[]
  /** "/bin/bash"; absent: what the system gives by itself. */
  readonly shell?: string | undefined
}

export function seedFiles(init: CloudInit, facts: SeedFacts): readonly SeedFile[] {
  return [
    { name: 'user-data', text: init.userData ?? userDataOf(init, facts) },
    { name: 'meta-data', text: metaDataOf(init, facts) },
    { name: 'network-config', text: init.networkConfig ?? networkConfigOf(init, facts.macs) },
  ]
}

/** Names of VMs may have signs that those of computers may not. */
export function hostNameFor(vmName: string): string {
  const name = vmName
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .split('.')
    .map((label) => label.slice(0, 63).replaceAll(/^-+|-+$/g, ''))
    .filter((label) => label !== '')
    .join('.')
  return name === '' ? 'vm' : name
}

function userDataOf(init: CloudInit, facts: SeedFacts): string {
  const name = init.hostname ?? hostNameFor(facts.vmName)
  const [short = name] = name.split('.')
  return `#cloud-config\n${yaml({
    hostname: short,
    ...(short === name ? {} : { fqdn: name }),
    ...(init.user ? { users: [userOf(init.user, facts)] } : {}),
    ...(init.packages.length === 0 ? {} : { package_update: true, packages: init.packages }),
  })}`
}

function userOf(user: NonNullable<CloudInit['user']>, { passwordHash, shell }: SeedFacts): YamlMap {
  return {
    name: user.name,
    ...(shell === undefined ? {} : { shell }),
    // who has a password is asked for it, as on any computer
    ...(user.isAdmin
      ? { sudo: passwordHash === undefined ? 'ALL=(ALL) NOPASSWD:ALL' : 'ALL=(ALL) ALL' }
      : {}),
    lock_passwd: passwordHash === undefined,
    ...(passwordHash === undefined ? {} : { passwd: passwordHash }),
    ...(user.sshKeys.length === 0 ? {} : { ssh_authorized_keys: user.sshKeys }),
  }
}

/** Another instance-id would have cloud-init do everything once more. */
function metaDataOf(init: CloudInit, { uuid, vmName }: SeedFacts): string {
  return yaml({
    'instance-id': `iid-${uuid}`,
    'local-hostname': init.hostname ?? hostNameFor(vmName),
  })
}

/**
 * Version 2, which netplan and cloud-init's own writers both read. The latter know cards by their address only, not by
 * patterns of names, and want a name for each.
 */
function networkConfigOf({ network }: CloudInit, macs: readonly (string | undefined)[]): string {
  const how = (at: number): YamlMap =>
    network.kind === 'dhcp' || at > 0 ? { dhcp4: true } : staticCard(network)
  const known = macs.every((mac) => mac !== undefined) && macs.length > 0
  const cards = known
    ? macs.map((mac, at) => [
        `eth${at}`,
        { match: { macaddress: (mac ?? '').toLowerCase() }, 'set-name': `eth${at}`, ...how(at) },
      ])
    : [['card', { match: { name: 'e*' }, ...how(0) }]]
  return yaml({ version: 2, ethernets: Object.fromEntries(cards) as YamlMap })
}

function staticCard({ address, gateway, dns }: Extract<CloudInit['network'], { kind: 'static' }>): YamlMap {
  return {
    addresses: [address],
    // "default" is not known to all that read this
    ...(gateway === undefined
      ? {}
      : { routes: [{ to: gateway.includes(':') ? '::/0' : '0.0.0.0/0', via: gateway }] }),
    ...(dns.length === 0 ? {} : { nameservers: { addresses: dns } }),
  }
}
