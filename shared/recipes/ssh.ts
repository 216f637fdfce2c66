import type { Recipe } from './recipe'
import { hostFile, lines, onClient, onHost, packageCommand, quoted } from './words'

export const sshServer: Recipe = {
  id: 'sshd',
  topic: 'SSH',
  title: 'Prepare the ssh server',
  summary:
    'Sign in by key, forward to libvirt’s socket, and enough sessions for consoles beside the connection.',
  keywords: [
    'sshd_config',
    'AllowStreamLocalForwarding',
    'MaxSessions',
    'ssh-copy-id',
    'authorized_keys',
    'openssh',
  ],
  build: (values) => {
    const { user, host } = quoted(values)
    const target = `${user}@${host}`
    const service = values.distribution === 'debian' ? 'ssh' : 'sshd'
    const file = '/etc/ssh/sshd_config.d/50-libvirt.conf'
    return {
      steps: [
        onHost(
          'Install and start the ssh server.',
          lines(
            `${packageCommand[values.distribution]} ${values.distribution === 'suse' ? 'openssh' : 'openssh-server'}`,
            `sudo systemctl enable --now ${service}`,
          ),
        ),
        onClient(
          'Make a key, unless there is one, and put it on the host.',
          lines(
            'test -f ~/.ssh/id_ed25519 || ssh-keygen -t ed25519 -f ~/.ssh/id_ed25519',
            `ssh-copy-id -i ~/.ssh/id_ed25519.pub ${target}`,
          ),
        ),
        hostFile(
          'What Innkeeper uses: sockets for libvirt, ports for consoles, sessions for commands. Needs OpenSSH 8.2 or newer; older ones have these lines in /etc/ssh/sshd_config.',
          file,
          lines(
            'PubkeyAuthentication yes',
            'AllowStreamLocalForwarding yes',
            'AllowTcpForwarding yes',
            'MaxSessions 30',
            '',
          ),
        ),
        onHost(
          'Check the settings before they are used, then reload.',
          `sudo sshd -t && sudo systemctl reload ${service}`,
        ),
      ],
      changes: [
        'Settings of the ssh server for all accounts',
        'A public key in ~/.ssh/authorized_keys of the account',
      ],
      dangers: [
        'Keep a session open while you change the ssh server: with a mistake in its settings nobody can sign in any more.',
        'Forwarding lets those who may sign in reach other ports of the host. To allow it for one account only, put the lines below "Match User".',
      ],
      verify: [
        onHost(
          'The settings are in force.',
          "sudo sshd -T | grep -iE '^(allowstreamlocalforwarding|allowtcpforwarding|maxsessions|pubkeyauthentication) '",
        ),
        onClient('Signing in and libvirt work.', `ssh ${target} virsh -c qemu:///system list --all`),
      ],
      undo: [
        onHost('Remove the file and reload.', lines(`sudo rm ${file}`, `sudo systemctl reload ${service}`)),
      ],
    }
  },
}

const ports = [
  { port: '22/tcp', what: 'ssh' },
  { port: '16514/tcp', what: 'libvirt over TLS' },
  { port: '5900:5999/tcp', what: 'consoles (VNC, SPICE), only when they listen on the network' },
  { port: '49152:49215/tcp', what: 'live migration between hosts' },
]

export const firewall: Recipe = {
  id: 'firewall',
  topic: 'SSH',
  title: 'Open ports in the firewall',
  summary:
    'Which ports libvirt and its consoles need, for ufw and firewalld. ssh alone is enough for Innkeeper.',
  keywords: ['16514', '16509', '5900', 'ufw', 'firewalld', 'firewall-cmd', 'timeout', 'port'],
  build: ({ distribution }) => {
    const isUfw = distribution === 'debian'
    const allow = (port: string): string =>
      isUfw ? `sudo ufw allow ${port}` : `sudo firewall-cmd --permanent --add-port=${port.replace(':', '-')}`
    const remove = (port: string): string =>
      isUfw
        ? `sudo ufw delete allow ${port}`
        : `sudo firewall-cmd --permanent --remove-port=${port.replace(':', '-')}`
    const reload = isUfw ? [] : ['sudo firewall-cmd --reload']
    return {
      steps: ports.map(({ port, what }) =>
        onHost(`For ${what}. Open only what you use.`, lines(allow(port), ...reload)),
      ),
      changes: ['Rules of the firewall, also after the next boot'],
      dangers: [
        'Consoles without TLS show everything to the network: rather leave their ports closed and let Innkeeper bring them through ssh.',
        'libvirt’s plain TCP port 16509 should stay closed.',
      ],
      verify: [
        onHost('The rules are in force.', isUfw ? 'sudo ufw status verbose' : 'sudo firewall-cmd --list-all'),
      ],
      undo: [
        onHost(
          'Close the ports again (leave ssh open).',
          lines(...ports.slice(1).map(({ port }) => remove(port)), ...reload),
        ),
      ],
    }
  },
}
