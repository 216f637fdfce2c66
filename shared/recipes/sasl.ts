import type { Recipe } from './recipe'
import { daemonNames, hostFile, lines, onClient, onHost, packageCommand, quoted, restartCuts } from './words'

const packages = {
  debian: 'sasl2-bin libsasl2-modules',
  redhat: 'cyrus-sasl-lib cyrus-sasl-scram',
  suse: 'cyrus-sasl cyrus-sasl-scram',
}

export const saslLibvirt: Recipe = {
  id: 'sasl-libvirt',
  topic: 'SASL',
  title: 'Names and passwords for the daemon',
  summary: 'SASL with SCRAM-SHA-256 over TLS: who connects gives a name and password of libvirt’s own list.',
  keywords: [
    'scram-sha-256',
    'digest-md5',
    'auth_tls',
    'auth_tcp',
    'mech_list',
    'password',
    'passwd.db',
    'Kerberos',
    'GSSAPI',
  ],
  build: (values) => {
    const { user, host } = quoted(values)
    const { remote, remoteConf } = daemonNames(values.daemons)
    return {
      steps: [
        onHost(
          'Install SASL and its SCRAM module.',
          `${packageCommand[values.distribution]} ${packages[values.distribution]}`,
        ),
        hostFile(
          'How passwords are proved. These lines replace those that are there.',
          '/etc/sasl2/libvirt.conf',
          lines(
            'mech_list: scram-sha-256',
            'pwcheck_method: auxprop',
            'auxprop_plugin: sasldb',
            'sasldb_path: /etc/libvirt/passwd.db',
            '',
          ),
        ),
        hostFile(
          'The TLS port asks for it. TLS itself has to be set up first (recipe for TLS on a host).',
          remoteConf,
          lines('auth_tls = "sasl"', ''),
        ),
        onHost(
          'Add the first account; it asks for the password. Nobody can sign in before.',
          `sudo saslpasswd2 -a libvirt ${user}`,
        ),
        onHost('Restart the daemon.', `sudo systemctl restart ${remote}.service`),
      ],
      changes: [
        'Connections by TLS need a name and password beside the certificate',
        'Local connections and those by ssh are as before',
      ],
      dangers: [
        'digest-md5, which older guides name, is broken and withdrawn (RFC 6331), stores passwords that can be used as they are, and Innkeeper does not speak it.',
        'On the plain TCP port libvirt allows only mechanisms that encrypt by themselves, digest-md5 and gssapi: scram-sha-256 needs TLS. Leave auth_tcp and the TCP port alone.',
        'Kerberos (gssapi) works for virsh. Innkeeper speaks it only through the system’s ssh.',
        restartCuts,
      ],
      verify: [
        onHost('The account is in the list.', 'sudo sasldblistusers2 -f /etc/libvirt/passwd.db'),
        onClient('You are asked for name and password.', `virsh -c qemu+tls://${host}/system list --all`),
      ],
      undo: [
        onHost(
          `Take the line out of ${remoteConf}, restart, and remove the list.`,
          lines(`sudo systemctl restart ${remote}.service`, 'sudo rm /etc/libvirt/passwd.db'),
        ),
      ],
    }
  },
}

export const saslUsers: Recipe = {
  id: 'sasl-users',
  topic: 'SASL',
  title: 'Add, list and remove names for the daemon',
  summary: 'The list of accounts of libvirt’s SASL, which has nothing to do with the accounts of the host.',
  keywords: ['saslpasswd2', 'sasldblistusers2', 'password', 'passwd.db', 'user'],
  build: (values) => {
    const { user } = quoted(values)
    return {
      steps: [
        onHost(
          'Add an account, or give it another password; it asks for the password.',
          `sudo saslpasswd2 -a libvirt ${user}`,
        ),
        onHost('List them.', 'sudo sasldblistusers2 -f /etc/libvirt/passwd.db'),
        onHost('Remove one.', `sudo saslpasswd2 -a libvirt -d ${user}`),
      ],
      changes: ['The list /etc/libvirt/passwd.db; it counts at once'],
      dangers: [
        'A name belongs to a realm, which is the host’s own name when it was added: after the host is renamed nobody can sign in.',
        'Passwords stand in the list as they are: it has to be readable by root only.',
      ],
      verify: [onHost('Only root can read the list.', 'sudo ls -l /etc/libvirt/passwd.db')],
      undo: [onHost('Remove the account.', `sudo saslpasswd2 -a libvirt -d ${user}`)],
    }
  },
}
