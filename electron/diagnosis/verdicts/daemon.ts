import type { ErrorData } from '../../../shared/errors'
import { isSession } from '../../backends/libvirt/socket-paths'
import type { HostUri } from '../../../shared/model/host-uri'
import { shellWord } from '../../../shared/shell-word'
import { failed, ok, skipped, warning, type Verdict } from '../check'
import type { HostFacts, SocketFacts } from '../probes/host-facts'

const daemons = ['virtqemud', 'virtxend', 'virtlxcd', 'libvirtd']

const packages: Record<string, string> = {
  debian: 'sudo apt install libvirt-daemon-system',
  redhat: 'sudo dnf install libvirt',
  suse: 'sudo zypper install libvirt-daemon-qemu',
}

/** Package names differ by family; /etc/os-release names it in ID and ID_LIKE (os-release(5)). */
export function familyOf(os: string): 'debian' | 'redhat' | 'suse' {
  if (/\b(suse|opensuse\S*|sles)\b/.test(os)) return 'suse'
  if (/\b(fedora|rhel|centos|rocky|almalinux)\b/.test(os)) return 'redhat'
  return 'debian'
}

/** Which daemon serves the driver on this host; undefined when none is installed. */
export function daemonFor(facts: HostFacts, driver: string): string | undefined {
  const own = { qemu: 'virtqemud', xen: 'virtxend', lxc: 'virtlxcd' }[driver]
  const has = (name: string): boolean => facts.programs.includes(name) || facts.processes.includes(name)
  // where both are installed, the one whose units are enabled or that runs is the one in use
  const isModular =
    own !== undefined &&
    (facts.processes.includes(own) ||
      facts.units.some(
        ({ name, active, enabled }) =>
          name.startsWith(`${own}.`) && (active === 'active' || enabled === 'enabled'),
      ))
  if (own !== undefined && isModular) return own
  if (has('libvirtd')) return 'libvirtd'
  return own !== undefined && has(own) ? own : undefined
}

export function judgeInstalled(facts: HostFacts, driver: string, isHere: boolean): Verdict {
  const place = isHere ? 'this computer' : 'the host'
  const daemon = daemonFor(facts, driver)
  if (daemon !== undefined) {
    const found = daemons.filter((name) => facts.programs.includes(name))
    return ok(`Found ${[...new Set([daemon, ...found])].join(', ')}`)
  }
  if (facts.sockets.some(({ state }) => state === 'there')) {
    return ok('A socket of libvirt is there, though its program is not in the usual place')
  }
  return failed(`libvirt is not installed on ${place}`, {
    cause: `Neither libvirtd nor the daemon for "${driver}" is among the programs of ${place}`,
    cure: 'Install libvirt and start it',
    commands: [
      { where: isHere ? 'here' : 'host', text: packages[familyOf(facts.os)] ?? packages['debian'] ?? '' },
    ],
    recipe: 'start-daemon',
  })
}

export function judgeService(facts: HostFacts, uri: HostUri, isHere: boolean): Verdict {
  if (isSession(uri)) return skipped('The daemon of a user session is started by whoever needs it')
  const daemon = daemonFor(facts, uri.driver) ?? 'libvirtd'
  const units = facts.units.filter(({ isLoaded }) => isLoaded)
  const unitLines = units.map(({ name, active, enabled }) => `${name}: ${active}, ${enabled || 'static'}`)
  const running = facts.processes.includes(daemon)
  if (!facts.hasSystemd || units.length === 0) {
    if (running) return ok(`${daemon} is running`)
    return facts.sockets.some(({ state }) => state === 'there')
      ? warning(`Whether ${daemon} runs cannot be told: there is no systemd to ask`)
      : failed(`${daemon} is not running`, {
          cause: 'No process of this name, and no service manager Innkeeper can ask',
          cure: 'Start it',
          commands: [{ where: isHere ? 'here' : 'host', text: `sudo ${daemon} --daemon` }],
          recipe: 'start-daemon',
        })
  }
  const service = units.find(({ name }) => name === `${daemon}.service`)
  const socket = units.find(({ name }) => name === `${daemon}.socket`)
  if (running || service?.active === 'active') return ok(`${daemon} is running`, { facts: unitLines })
  if (socket?.active === 'active') {
    return ok(`${daemon} is not running, but systemd starts it as soon as its socket is used`, {
      facts: unitLines,
    })
  }
  if (facts.sockets.some(({ state }) => state === 'there')) {
    return warning(`systemd does not run ${daemon}, though a socket is there`, {
      facts: unitLines,
      cause: 'It was started by hand, or the socket is left over from a daemon that has ended',
      cure: 'The next steps show which',
    })
  }
  const hasFailed = service?.active === 'failed' || socket?.active === 'failed'
  return failed(hasFailed ? `${daemon} could not be started by systemd` : `${daemon} is not running`, {
    facts: unitLines,
    cause: hasFailed
      ? 'Its last start ended with an error, often a wrong line in its settings or a missing certificate'
      : 'Neither the service nor its socket is active',
    cure: hasFailed ? 'Read its log, mend the reason and start it' : 'Start it, also at the next boot',
    commands: [
      {
        where: isHere ? 'here' : 'host',
        text: hasFailed
          ? `sudo journalctl -b -u ${daemon}.service | tail -n 30`
          : `sudo systemctl enable --now ${socket ? `${daemon}.socket` : `${daemon}.service`}`,
      },
    ],
    recipe: 'start-daemon',
  })
}

export function judgeSocket(facts: HostFacts, uri: HostUri, isHere: boolean): Verdict {
  const there = facts.sockets.filter(({ state }) => state === 'there')
  const hidden = facts.sockets.filter(({ state }) => state === 'hidden')
  const list = facts.sockets.map(socketText)
  if (there.length > 0) return ok(`The socket is ${there[0]?.path}`, { facts: list })
  if (hidden.length > 0) {
    return failed('The folder of the socket may not be looked into', {
      facts: list,
      cause: `${facts.user} has no right to enter ${folderOf(hidden[0]?.path ?? '')}`,
      cure: 'Sign in as a user of the group libvirt, or as root',
      recipe: 'group-access',
    })
  }
  if (isSession(uri)) {
    return skipped('There is no socket of the session yet; it comes with the daemon', { facts: list })
  }
  return failed('There is no socket to talk to', {
    facts: list,
    cause: facts.processes.includes(daemonFor(facts, uri.driver) ?? '')
      ? 'The daemon makes its sockets elsewhere (unix_sock_dir), or runs apart from the rest, as in a container'
      : 'The daemon is not running, or it is set to make its sockets elsewhere (unix_sock_dir)',
    cure: 'Start it; for another folder add ?socket=/path/to/libvirt-sock to the connection URI',
    commands: [{ where: isHere ? 'here' : 'host', text: 'ls -l /run/libvirt/' }],
    recipe: 'start-daemon',
  })
}

/** `error` is what opening the socket ended with; undefined when it opened. */
export function judgeAccess(facts: HostFacts, error: ErrorData | undefined, isHere: boolean): Verdict {
  const socket = facts.sockets.find(({ state }) => state === 'there')
  const who = `${facts.user} (groups: ${facts.groups.join(', ') || 'none'})`
  if (!error) return ok(`${facts.user || 'The account'} may open the socket`, { facts: [who] })
  const detail = error.detail === undefined ? {} : { detail: error.detail }
  const where = isHere ? ('here' as const) : ('host' as const)
  if (error.kind === 'denied' || socket?.mayOpen === false) {
    const group = socket?.group && socket.group !== 'root' ? socket.group : undefined
    if (group !== undefined && facts.accountGroups.includes(group) && !facts.groups.includes(group)) {
      return failed(`${facts.user} may not open the socket yet`, {
        facts: [who, ...(socket ? [socketText(socket)] : [])],
        cause: `The account is a member of ${group}, but this session began before it was added`,
        cure: isHere
          ? 'Sign out and in again'
          : 'End all sessions of the account on the host and connect again',
        commands: [
          { where, text: isHere ? 'id -Gn' : `sudo loginctl terminate-user ${shellWord(facts.user)}` },
        ],
        ...detail,
      })
    }
    return failed(`${facts.user || 'The account'} may not open the socket`, {
      facts: [who, ...(socket ? [socketText(socket)] : [])],
      cause:
        group === undefined
          ? 'Only root may: the socket belongs to no group of its own'
          : `The socket is for members of ${group}, and the account is not one`,
      cure:
        group === undefined
          ? 'Give a group access to the socket, or connect as root'
          : `Add the account to ${group} and sign in again, or only look (Edit host, read-only)`,
      ...(group === undefined
        ? {}
        : {
            commands: [
              { where, text: `sudo usermod -aG ${shellWord(group)} ${shellWord(facts.user || 'USER')}` },
            ],
          }),
      recipe: 'group-access',
      ...detail,
    })
  }
  return failed(error.message, {
    facts: socket ? [socketText(socket)] : [],
    cause: 'The socket is left over from a daemon that has ended, or the daemon does not accept any more',
    cure: error.cure ?? 'Start the daemon anew',
    commands: [
      {
        where,
        text: 'sudo systemctl restart virtqemud.socket 2>/dev/null || sudo systemctl restart libvirtd.socket',
      },
    ],
    recipe: 'start-daemon',
    ...detail,
  })
}

function socketText({ path, state, owner, group, mode }: SocketFacts): string {
  if (state === 'missing') return `${path}: not there`
  if (state === 'hidden') return `${path}: may not be seen`
  return `${path}: ${mode ?? ''} ${owner ?? ''}:${group ?? ''}`
}

function folderOf(path: string): string {
  return path.replace(/\/[^/]*$/, '')
}

/** How streams can be brought from an ssh sign-in to the daemon; any one suffices. */
export function judgeRoutes(facts: HostFacts, forwards: boolean | undefined, isSessionUri: boolean): Verdict {
  const hasHelper = facts.programs.includes('virt-ssh-helper')
  const hasNetcat = facts.programs.includes('nc')
  const list = [
    `virt-ssh-helper: ${hasHelper ? 'installed' : 'not there'}`,
    `nc: ${hasNetcat ? 'installed' : 'not there'}`,
    ...(forwards === undefined
      ? []
      : [`Forwarding to sockets (AllowStreamLocalForwarding): ${forwards ? 'yes' : 'no'}`]),
  ]
  if (hasHelper) return ok('virt-ssh-helper leads to the daemon', { facts: list })
  if (isSessionUri) {
    return failed('A session on another host needs virt-ssh-helper there', {
      facts: list,
      cause: 'Only the helper knows where the daemon of a user session is, and starts it',
      cure: 'Install libvirt’s daemon package on the host, 7.0 or newer',
      recipe: 'sshd',
    })
  }
  if (forwards === true) return ok('The ssh server forwards to the daemon’s socket', { facts: list })
  if (hasNetcat) return ok('nc leads to the daemon', { facts: list })
  return failed('There is no way from ssh to the daemon’s socket', {
    facts: list,
    cause: 'virt-ssh-helper and nc are not installed, and the ssh server does not forward to Unix sockets',
    cure: 'Install one of them on the host, or set AllowStreamLocalForwarding yes in its sshd_config',
    commands: [{ where: 'host', text: 'sudo sshd -T | grep -i allowstreamlocalforwarding' }],
    recipe: 'sshd',
  })
}
