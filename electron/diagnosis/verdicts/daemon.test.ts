import { describe, expect, it } from 'vitest'
import { parseHostUri } from '../../../shared/model/host-uri'
import { parseHostFacts, type HostFacts, type SocketFacts, type UnitFacts } from '../probes/host-facts'
import {
  daemonFor,
  familyOf,
  judgeAccess,
  judgeInstalled,
  judgeRoutes,
  judgeService,
  judgeSocket,
} from './daemon'

const system = parseHostUri('qemu:///system')
const session = parseHostUri('qemu:///session')

const bare: HostFacts = parseHostFacts(
  'user=me\nuid=1000\ngroups=me users\naccountgroups=me users\nkernel=Linux\n',
)
const facts = (more: Partial<HostFacts>): HostFacts => ({ ...bare, ...more })
const socket = (more: Partial<SocketFacts> = {}): SocketFacts => ({
  path: '/var/run/libvirt/libvirt-sock',
  state: 'there',
  mayOpen: true,
  owner: 'root',
  group: 'libvirt',
  mode: 'srwxrwx---',
  ...more,
})
const unit = (name: string, active: string, enabled = 'disabled'): UnitFacts => ({
  name,
  isLoaded: true,
  active,
  enabled,
})

describe('whether libvirt is installed', () => {
  it('is told with the command of the distribution', () => {
    const judge = (os: string): string | undefined =>
      judgeInstalled(facts({ os }), 'qemu', false).commands?.[0]?.text
    expect(judge('debian')).toContain('apt install')
    expect(judge('fedora')).toContain('dnf install')
    expect(judge('opensuse-leap suse opensuse')).toContain('zypper install')
  })

  it('is known by its programs, by a running process or by a socket', () => {
    expect(judgeInstalled(facts({ programs: ['libvirtd'] }), 'qemu', true).found).toBe('Found libvirtd')
    expect(judgeInstalled(facts({ processes: ['virtqemud'] }), 'qemu', true).state).toBe('ok')
    expect(judgeInstalled(facts({ sockets: [socket()] }), 'qemu', true).state).toBe('ok')
    expect(judgeInstalled(bare, 'qemu', true)).toMatchObject({ state: 'failed', recipe: 'start-daemon' })
  })

  it.each([
    ['ubuntu debian', 'debian'],
    ['rocky rhel centos fedora', 'redhat'],
    ['sles suse', 'suse'],
    ['arch', 'debian'],
  ])('%s is of the family %s', (os, family) => expect(familyOf(os)).toBe(family))

  it('means the modular daemon only where that one is in use', () => {
    const both = { programs: ['libvirtd', 'virtqemud'] }
    expect(daemonFor(facts(both), 'qemu')).toBe('libvirtd')
    expect(daemonFor(facts({ ...both, units: [unit('virtqemud.socket', 'active')] }), 'qemu')).toBe(
      'virtqemud',
    )
    expect(daemonFor(facts({ programs: ['virtqemud'] }), 'qemu')).toBe('virtqemud')
    expect(daemonFor(facts({ programs: ['virtqemud'] }), 'xen')).toBe(undefined)
  })
})

describe('whether the daemon runs', () => {
  const installed = { programs: ['libvirtd'], hasSystemd: true }
  const cases: [string, Partial<HostFacts>, string, string, string | undefined][] = [
    ['a process', { processes: ['libvirtd'] }, 'ok', 'libvirtd is running', undefined],
    [
      'an active service',
      { ...installed, units: [unit('libvirtd.service', 'active')] },
      'ok',
      'running',
      undefined,
    ],
    [
      'an active socket',
      { ...installed, units: [unit('libvirtd.service', 'inactive'), unit('libvirtd.socket', 'active')] },
      'ok',
      'as soon as its socket is used',
      undefined,
    ],
    [
      'nothing active',
      { ...installed, units: [unit('libvirtd.service', 'inactive'), unit('libvirtd.socket', 'inactive')] },
      'failed',
      'libvirtd is not running',
      'sudo systemctl enable --now libvirtd.socket',
    ],
    [
      'a failed start',
      { ...installed, units: [unit('libvirtd.service', 'failed')] },
      'failed',
      'could not be started',
      'sudo journalctl -b -u libvirtd.service | tail -n 30',
    ],
    [
      'modular',
      {
        programs: ['virtqemud'],
        hasSystemd: true,
        units: [unit('virtqemud.service', 'inactive'), unit('virtqemud.socket', 'inactive', 'enabled')],
      },
      'failed',
      'virtqemud is not running',
      'sudo systemctl enable --now virtqemud.socket',
    ],
    ['no systemd, no process', { programs: ['libvirtd'] }, 'failed', 'not running', 'sudo libvirtd --daemon'],
    [
      'no systemd, but a socket',
      { programs: ['libvirtd'], sockets: [socket()] },
      'warning',
      'cannot be told',
      undefined,
    ],
    [
      'inactive, but a socket',
      { ...installed, units: [unit('libvirtd.service', 'inactive')], sockets: [socket()] },
      'warning',
      'though a socket is there',
      undefined,
    ],
  ]
  it.each(cases)('%s', (_, more, state, words, command) => {
    const verdict = judgeService(facts(more), system, true)
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
    expect(verdict.commands?.[0]?.text).toBe(command)
  })

  it('does not matter for a user session', () => {
    expect(judgeService(bare, session, true).state).toBe('skipped')
  })
})

describe('the socket', () => {
  it('is there, missing, hidden, or comes with the session’s daemon', () => {
    expect(judgeSocket(facts({ sockets: [socket()] }), system, true).state).toBe('ok')
    const missing = facts({ sockets: [socket({ state: 'missing' })] })
    expect(judgeSocket(missing, system, true)).toMatchObject({ state: 'failed', recipe: 'start-daemon' })
    expect(judgeSocket(missing, session, true).state).toBe('skipped')
    const hidden = facts({ sockets: [socket({ state: 'hidden' })] })
    expect(judgeSocket(hidden, system, false)).toMatchObject({ state: 'failed', recipe: 'group-access' })
  })
})

describe('the right to use the socket', () => {
  const denied = { kind: 'denied', message: 'no', detail: 'EACCES' } as const

  it('is there when it opens', () => {
    expect(judgeAccess(facts({ sockets: [socket()] }), undefined, true).state).toBe('ok')
  })

  it('is of a group the account is not in', () => {
    const verdict = judgeAccess(facts({ sockets: [socket({ mayOpen: false })] }), denied, true)
    expect(verdict).toMatchObject({ state: 'failed', recipe: 'group-access', detail: 'EACCES' })
    expect(verdict.commands?.[0]?.text).toBe('sudo usermod -aG libvirt me')
    expect(verdict.cause).toContain('members of libvirt')
  })

  it('comes with the next sign-in of an account that was just added', () => {
    const added = facts({ sockets: [socket({ mayOpen: false })], accountGroups: ['me', 'libvirt'] })
    expect(judgeAccess(added, denied, true).cure).toBe('Sign out and in again')
    expect(judgeAccess(added, denied, false).commands?.[0]?.text).toBe('sudo loginctl terminate-user me')
  })

  it('is root’s alone where the socket has no group', () => {
    const verdict = judgeAccess(
      facts({ sockets: [socket({ mayOpen: false, group: 'root' })] }),
      denied,
      false,
    )
    expect(verdict.cause).toContain('Only root may')
    expect(verdict.commands).toBe(undefined)
  })

  it('is not the trouble when nobody listens', () => {
    const gone = { kind: 'unreachable', message: 'Nothing is listening', cure: 'Start it' } as const
    const verdict = judgeAccess(facts({ sockets: [socket()] }), gone, true)
    expect(verdict).toMatchObject({ state: 'failed', found: 'Nothing is listening', recipe: 'start-daemon' })
    expect(verdict.cause).toContain('left over')
  })

  it('quotes names of accounts and groups in commands', () => {
    const odd = facts({ user: "o'hara", sockets: [socket({ mayOpen: false, group: 'a b' })] })
    expect(judgeAccess(odd, denied, true).commands?.[0]?.text).toBe(`sudo usermod -aG 'a b' 'o'\\''hara'`)
  })
})

describe('ways from ssh to the daemon', () => {
  it.each([
    [['virt-ssh-helper'], undefined, false, 'ok'],
    [['nc'], undefined, false, 'ok'],
    [[], true, false, 'ok'],
    [[], false, false, 'failed'],
    [['nc'], true, true, 'failed'],
  ] as const)('%j, forwarding %s, session %s: %s', (programs, forwards, isSession, state) => {
    const verdict = judgeRoutes(facts({ programs }), forwards, isSession)
    expect(verdict.state).toBe(state)
    if (state === 'failed') expect(verdict.recipe).toBe('sshd')
  })
})

describe('what a host says about itself', () => {
  it('is read line by line, and what cannot be read is left out', () => {
    const read = parseHostFacts(
      [
        'user=me',
        'socket=yes /run/user/1000/libvirt/libvirt-sock srwx------ 1 me me 0 Jan  1 00:00 /run/user/1000/libvirt/libvirt-sock',
        'socket=missing /var/run/libvirt/virtqemud-sock',
        'socket=nonsense',
        'unit Id=libvirtd.service',
        'unit LoadState=loaded',
        'unit ActiveState=active',
        'unit UnitFileState=enabled',
        'unit ',
        'unit Id=virtqemud.service',
        'unit LoadState=not-found',
        'unit ActiveState=inactive',
        'kvm=no crw-rw---- 1 root kvm 10, 232 /dev/kvm',
        'iommu=2',
        'xen=control_d',
        'garbage',
      ].join('\n'),
    )
    expect(read.sockets).toEqual([
      {
        path: '/run/user/1000/libvirt/libvirt-sock',
        state: 'there',
        mayOpen: true,
        owner: 'me',
        group: 'me',
        mode: 'srwx------',
      },
      { path: '/var/run/libvirt/virtqemud-sock', state: 'missing', mayOpen: false },
    ])
    expect(read.units).toEqual([
      { name: 'libvirtd.service', isLoaded: true, active: 'active', enabled: 'enabled' },
      { name: 'virtqemud.service', isLoaded: false, active: 'inactive', enabled: '' },
    ])
    expect(read).toMatchObject({
      kvm: { state: 'denied' },
      iommuCount: 2,
      xen: 'control_d',
      clockMs: undefined,
    })
  })
})
