import { shellWord } from '../shell-word'
import type { DaemonKind, Distribution, RecipeStep, RecipeValues } from './recipe'

/** What differs by distribution. */
export const packageCommand: Record<Distribution, string> = {
  debian: 'sudo apt install',
  redhat: 'sudo dnf install',
  suse: 'sudo zypper install',
}

/** The account QEMU runs as for the system daemon (qemu.conf, "user"). */
export const qemuAccount: Record<Distribution, { user: string; group: string }> = {
  debian: { user: 'libvirt-qemu', group: 'libvirt-qemu' },
  redhat: { user: 'qemu', group: 'qemu' },
  suse: { user: 'qemu', group: 'qemu' },
}

/** The daemon that listens on the network, and the one behind the local socket. */
export function daemonNames(daemons: DaemonKind): { remote: string; local: string; remoteConf: string } {
  return daemons === 'modular'
    ? { remote: 'virtproxyd', local: 'virtqemud', remoteConf: '/etc/libvirt/virtproxyd.conf' }
    : { remote: 'libvirtd', local: 'libvirtd', remoteConf: '/etc/libvirt/libvirtd.conf' }
}

/** Values ready for a shell. */
export function quoted({ host, user, group }: RecipeValues): { host: string; user: string; group: string } {
  return { host: shellWord(host), user: shellWord(user), group: shellWord(group) }
}

/** A string of libvirt's settings files and of JavaScript. */
export function quotedText(text: string): string {
  return JSON.stringify(text)
}

/**
 * For openssl's own settings file, where $ , ; # and line ends mean something: a name that needs any of them is not a
 * host or person anybody could connect to, so a stand-in shows where to write it.
 */
export function plainName(name: string, standIn: string): string {
  return /^[A-Za-z0-9._:@-]+$/.test(name) ? name : standIn
}

export function isAddress(host: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(':')
}

/** Lines for a shell, without the indentation of this source. */
export function lines(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join('\n')
}

export function onHost(text: string, commands?: string): RecipeStep {
  return { where: 'host', text, ...(commands === undefined ? {} : { commands }) }
}

export function onClient(text: string, commands?: string): RecipeStep {
  return { where: 'client', text, ...(commands === undefined ? {} : { commands }) }
}

export function atAuthority(text: string, commands?: string): RecipeStep {
  return { where: 'authority', text, ...(commands === undefined ? {} : { commands }) }
}

export function hostFile(text: string, path: string, content: string): RecipeStep {
  return { where: 'host', text, file: { path, content } }
}

/** Sockets wait for their service to stop before they can be restarted (systemd.socket(5)). */
export function restartDaemon(daemon: string): string {
  return lines(
    'sudo systemctl daemon-reload',
    `sudo systemctl stop ${daemon}.service`,
    `sudo systemctl restart ${daemon}.socket`,
  )
}

export const restartCuts =
  'Restarting the daemon cuts every open connection to it, also those of other people. Running guests go on.'

export const guestsNeedRestart =
  'Running guests keep their old console settings until they are shut down and started again; a reboot inside the guest is not enough.'
