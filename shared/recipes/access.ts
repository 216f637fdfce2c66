import type { Recipe } from './recipe'
import {
  daemonNames,
  hostFile,
  lines,
  onHost,
  packageCommand,
  quoted,
  quotedText,
  restartCuts,
  restartDaemon,
} from './words'

const packages = {
  debian: 'qemu-system libvirt-daemon-system libvirt-clients',
  redhat: 'qemu-kvm libvirt',
  suse: 'qemu-kvm libvirt-daemon-qemu libvirt-client',
}

/** Drivers with a daemon of their own that a QEMU host needs (libvirt.org/daemons.html). */
const modularDrivers = 'qemu interface network nodedev nwfilter secret storage'

export const startDaemon: Recipe = {
  id: 'start-daemon',
  topic: 'Access',
  title: 'Install libvirt and start its daemon',
  summary: 'QEMU, libvirt and the services that manage virtual machines, now and after every boot.',
  keywords: ['libvirtd', 'virtqemud', 'systemctl', 'not running', 'socket', 'kvm'],
  build: ({ distribution, daemons }) => ({
    steps: [
      onHost('Install QEMU and libvirt.', `${packageCommand[distribution]} ${packages[distribution]}`),
      daemons === 'modular'
        ? onHost(
            'Start the sockets of the daemons; each daemon starts when its socket is used.',
            lines(
              `for driver in ${modularDrivers}; do`,
              '  for unit in virt${driver}d.socket virt${driver}d-ro.socket virt${driver}d-admin.socket; do',
              '    sudo systemctl enable --now "$unit"',
              '  done',
              'done',
              'sudo systemctl enable --now virtproxyd.socket',
            ),
          )
        : onHost(
            'Start the daemon and its socket.',
            'sudo systemctl enable --now libvirtd.socket libvirtd.service',
          ),
    ],
    changes: ['Packages are installed', 'Services are started and enabled for every boot'],
    dangers: [
      'The default network 192.168.122.0/24 may be made on the host; check that your network does not use it already.',
    ],
    verify: [
      onHost(
        'The hypervisor answers, and the host is fit for it.',
        'virsh -c qemu:///system version && virt-host-validate qemu',
      ),
    ],
    undo: [
      onHost(
        'Stop it and keep it from starting.',
        daemons === 'modular'
          ? lines(
              `for driver in ${modularDrivers} proxy; do`,
              '  sudo systemctl disable --now virt${driver}d.socket virt${driver}d-ro.socket virt${driver}d-admin.socket virt${driver}d.service',
              'done',
            )
          : 'sudo systemctl disable --now libvirtd.socket libvirtd-ro.socket libvirtd-admin.socket libvirtd.service',
      ),
    ],
  }),
}

export const groupAccess: Recipe = {
  id: 'group-access',
  topic: 'Access',
  title: 'Let a group manage virtual machines',
  summary:
    'Members of a group may open the daemon’s socket without a password; works locally and through ssh.',
  keywords: ['unix_sock_group', 'permission denied', 'usermod', 'libvirt group', 'socket'],
  build: (values) => {
    const { group, user } = quoted(values)
    const { local, remote } = daemonNames(values.daemons)
    const units = values.daemons === 'modular' ? [local, remote] : [local]
    return {
      steps: [
        onHost(
          'Make the group and put the account into it.',
          lines(`sudo groupadd --force ${group}`, `sudo usermod --append --groups ${group} ${user}`),
        ),
        ...units.flatMap((unit) => [
          hostFile(
            `Where systemd makes the socket, it also sets its owner: the daemon’s own settings are not looked at then.`,
            `/etc/systemd/system/${unit}.socket.d/access.conf`,
            lines('[Socket]', `SocketGroup=${values.group}`, 'SocketMode=0770', ''),
          ),
          hostFile(
            'The socket decides who may manage, so the daemon asks nobody else.',
            `/etc/libvirt/${unit}.conf`,
            lines(
              `unix_sock_group = ${quotedText(values.group)}`,
              'unix_sock_ro_perms = "0777"',
              'unix_sock_rw_perms = "0770"',
              'auth_unix_ro = "none"',
              'auth_unix_rw = "none"',
              '',
            ),
          ),
        ]),
        onHost('Make the sockets anew.', lines(...units.map(restartDaemon))),
        onHost('The account has to sign out and in again before the group counts.'),
      ],
      changes: [
        `The group ${values.group} is made, ${values.user} becomes a member`,
        ...units.map((unit) => `The socket of ${unit} belongs to the group, and polkit is no longer asked`),
      ],
      dangers: [
        'Whoever manages virtual machines of the system daemon can read and change every file of the host: members of this group are as powerful as root.',
        restartCuts,
      ],
      verify: [
        onHost(
          'The group is on the socket, and the account may use it.',
          lines(
            `ls -l /run/libvirt/${values.daemons === 'modular' ? 'virtqemud' : 'libvirt'}-sock`,
            'virsh -c qemu:///system list --all',
          ),
        ),
      ],
      undo: [
        onHost(
          'Take the account out of the group and the drop-in files away; remove the lines from the settings.',
          lines(
            `sudo gpasswd --delete ${user} ${group}`,
            ...units.map((unit) => `sudo rm /etc/systemd/system/${unit}.socket.d/access.conf`),
            ...units.map(restartDaemon),
          ),
        ),
      ],
    }
  },
}

export const polkitRule: Recipe = {
  id: 'polkit-rule',
  topic: 'Access',
  title: 'Let a group manage by a polkit rule',
  summary:
    'The sockets stay open to everybody and polkit decides: looking for all, managing for members of a group.',
  keywords: [
    'polkit',
    'PolicyKit',
    'org.libvirt.unix.manage',
    'org.libvirt.unix.monitor',
    'authentication unavailable',
  ],
  build: (values) => {
    const { group, user } = quoted(values)
    const rule = '/etc/polkit-1/rules.d/50-libvirt-manage.rules'
    return {
      steps: [
        onHost(
          'Make the group and put the account into it.',
          lines(`sudo groupadd --force ${group}`, `sudo usermod --append --groups ${group} ${user}`),
        ),
        hostFile(
          'A rule for polkit 0.106 and newer. polkitd reads it at once, nothing has to be restarted.',
          rule,
          lines(
            'polkit.addRule(function (action, subject) {',
            "  if (action.id == 'org.libvirt.unix.manage' && subject.isInGroup(" +
              quotedText(values.group) +
              ')) {',
            '    return polkit.Result.YES',
            '  }',
            '})',
            '',
          ),
        ),
        ...(values.distribution === 'debian'
          ? [
              hostFile(
                'Only for Debian up to 11 and Ubuntu up to 22.10, whose polkit 0.105 does not read rules.',
                '/etc/polkit-1/localauthority/50-local.d/50-libvirt-manage.pkla',
                lines(
                  '[Manage libvirt]',
                  `Identity=unix-group:${values.group}`,
                  'Action=org.libvirt.unix.manage',
                  'ResultAny=yes',
                  'ResultInactive=yes',
                  'ResultActive=yes',
                  '',
                ),
              ),
            ]
          : []),
        onHost('The account has to sign out and in again before the group counts.'),
      ],
      changes: [
        `Members of ${values.group} may manage (org.libvirt.unix.manage) without a password`,
        'Everybody may look (org.libvirt.unix.monitor) as before',
      ],
      dangers: [
        'Whoever may manage is as powerful as root on the host.',
        'It counts for accounts of the host, also when they come by ssh. Connections by TLS and TCP never ask polkit.',
      ],
      verify: [
        onHost(
          'Both actions are known, and the account may manage.',
          lines(
            'pkaction --action-id org.libvirt.unix.monitor --verbose',
            'pkaction --action-id org.libvirt.unix.manage --verbose',
            'virsh -c qemu:///system list --all',
          ),
        ),
      ],
      undo: [
        onHost(
          'Remove the rule and the membership.',
          lines(`sudo rm -f ${rule}`, `sudo gpasswd --delete ${user} ${group}`),
        ),
      ],
    }
  },
}

export const qemuUser: Recipe = {
  id: 'qemu-user',
  topic: 'Access',
  title: 'Run guests of the system daemon as an ordinary user',
  summary: 'Guests get the rights of one account, so that images in its home folder can be used.',
  keywords: ['DAC', 'qemu.conf', 'dynamic_ownership', '/dev/kvm', 'kvm group', 'permission denied'],
  build: (values) => {
    const { user } = quoted(values)
    const { local } = daemonNames(values.daemons)
    return {
      steps: [
        onHost('The account has to be allowed to use KVM.', `sudo usermod --append --groups kvm ${user}`),
        hostFile(
          'Guests run as this account; files are given to it while a guest uses them.',
          '/etc/libvirt/qemu.conf',
          lines(`user = ${quotedText(values.user)}`, 'group = "kvm"', 'dynamic_ownership = 1', ''),
        ),
        onHost('Restart the daemon.', `sudo systemctl restart ${local}.service`),
      ],
      changes: [
        'Guests started from now on run as this account',
        'Owners of disk images change while guests run',
      ],
      dangers: [
        'A guest that breaks out of QEMU gets all rights of this account. The account the distribution made for QEMU is safer.',
        'Guests that run keep their old account; images they own may be refused until they are shut down.',
        restartCuts,
      ],
      verify: [onHost('QEMU runs as the account.', 'ps -C qemu-system-x86_64,qemu-kvm -o user=,comm=')],
      undo: [
        onHost(
          'Take the three lines out of /etc/libvirt/qemu.conf and restart.',
          `sudo systemctl restart ${local}.service`,
        ),
      ],
    }
  },
}
