import type { Recipe, RecipeStep, RecipeValues } from './recipe'
import {
  daemonNames,
  guestsNeedRestart,
  hostFile,
  lines,
  onClient,
  onHost,
  qemuAccount,
  quoted,
} from './words'

const qemuConf = '/etc/libvirt/qemu.conf'

const rather =
  'Innkeeper brings consoles through ssh, where the host is reached by ssh: then nothing of this is needed, and 127.0.0.1 is the safest address.'

function restart(values: RecipeValues): RecipeStep {
  const { local } = daemonNames(values.daemons)
  return onHost(
    'Restart the daemon, then shut down and start the guests.',
    `sudo systemctl restart ${local}.service`,
  )
}

function undoConf(values: RecipeValues): RecipeStep {
  const { local } = daemonNames(values.daemons)
  return onHost(`Take the lines out of ${qemuConf} and restart.`, `sudo systemctl restart ${local}.service`)
}

const inArguments = onHost(
  'Guests that were started since show it in their arguments.',
  "ps -ww -C qemu-system-x86_64,qemu-kvm -o args= | tr ' ' '\\n' | grep -A1 -E '^-(vnc|object)$'",
)

export const vncListen: Recipe = {
  id: 'vnc-listen',
  topic: 'Consoles',
  title: 'Choose where consoles listen',
  summary: 'On the host alone (127.0.0.1), or on its network for viewers that do not come through ssh.',
  keywords: ['vnc_listen', '0.0.0.0', '127.0.0.1', 'listen address', 'graphics'],
  build: (values) => ({
    steps: [
      hostFile(
        'For all guests that do not say otherwise. 127.0.0.1 keeps consoles on the host; 0.0.0.0 opens them to every network it is in.',
        qemuConf,
        lines('vnc_listen = "0.0.0.0"', ''),
      ),
      restart(values),
      onHost(
        'For one guest alone its definition says where: listen="127.0.0.1" of its graphics, in Innkeeper under its console settings.',
      ),
    ],
    changes: ['Ports 5900 and up can be reached from the network'],
    dangers: [
      'Plain VNC is not encrypted and its password weak: use it with TLS, or inside a network you trust wholly.',
      rather,
      guestsNeedRestart,
    ],
    verify: [onHost('Where consoles listen.', "sudo ss -ltnp | grep -E ':59[0-9][0-9] '")],
    undo: [undoConf(values)],
  }),
}

export const vncPassword: Recipe = {
  id: 'vnc-password',
  topic: 'Consoles',
  title: 'One VNC password for all guests of a host',
  summary: 'Used for every guest that has no password of its own; eight characters at most.',
  keywords: ['vnc_password', 'eight characters', 'DES', 'passwd'],
  build: (values) => ({
    steps: [
      hostFile(
        'At most eight characters: VNC ignores the rest. An empty password lets nobody in; without the line there is none.',
        qemuConf,
        lines('vnc_password = "CHANGEME"', ''),
      ),
      onHost('The file must not be readable by others.', `sudo chmod 600 ${qemuConf}`),
      restart(values),
    ],
    changes: ['Consoles of guests started from now on ask for the password'],
    dangers: [
      'VNC’s password is weak (DES, eight characters) and what follows is not encrypted: it keeps out mistakes, not attackers. Use TLS or ssh beside it.',
      rather,
      guestsNeedRestart,
    ],
    verify: [inArguments],
    undo: [undoConf(values)],
  }),
}

export const vncSasl: Recipe = {
  id: 'vnc-sasl',
  topic: 'Consoles',
  title: 'Names and passwords for consoles',
  summary: 'SASL for VNC with a list of its own, or with the accounts of PAM, LDAP or Kerberos.',
  keywords: ['vnc_sasl', 'qemu.conf', 'qemu_passwd.db', 'PAM', 'LDAP', 'Kerberos', 'saslauthd'],
  build: (values) => {
    const { user } = quoted(values)
    const { group } = qemuAccount[values.distribution]
    const database = '/etc/libvirt/qemu_passwd.db'
    return {
      steps: [
        hostFile(
          'Consoles ask for a name and password. Use TLS beside it (recipe for consoles over TLS).',
          qemuConf,
          lines('vnc_listen = "0.0.0.0"', 'vnc_sasl = 1', ''),
        ),
        hostFile(
          'How passwords are proved; the file is QEMU’s, not libvirt’s.',
          '/etc/sasl2/qemu.conf',
          lines(
            'mech_list: scram-sha-256',
            'pwcheck_method: auxprop',
            'auxprop_plugin: sasldb',
            `sasldb_path: ${database}`,
            '',
          ),
        ),
        onHost(
          'Add an account; it asks for the password. QEMU has to be able to read the list.',
          lines(
            `sudo saslpasswd2 -f ${database} -a qemu ${user}`,
            `sudo chown root:${group} ${database}`,
            `sudo chmod 640 ${database}`,
          ),
        ),
        hostFile(
          'Instead of an own list: the accounts of the host or of a directory, asked by saslauthd (its MECHANISMS is pam, ldap or kerberos5). The password then crosses the connection, so TLS is a must.',
          '/etc/sasl2/qemu.conf',
          lines('mech_list: plain', 'pwcheck_method: saslauthd', ''),
        ),
        restart(values),
      ],
      changes: [
        'Consoles of guests started from now on ask for a name and password',
        `Accounts in ${database}`,
      ],
      dangers: [
        'Without TLS the picture and keys can be read by the network, though the password cannot (scram-sha-256).',
        'Viewers have to speak SASL.',
        rather,
        guestsNeedRestart,
      ],
      verify: [onHost('The account is in the list.', `sudo sasldblistusers2 -f ${database}`), inArguments],
      undo: [
        onHost(
          'Remove the list and the lines, then restart.',
          lines(
            `sudo rm ${database} /etc/sasl2/qemu.conf`,
            `sudo systemctl restart ${daemonNames(values.daemons).local}.service`,
          ),
        ),
      ],
    }
  },
}

export const vncTls: Recipe = {
  id: 'vnc-tls',
  topic: 'Consoles',
  title: 'Consoles over TLS',
  summary: 'VNC with certificates of the same authority as libvirt’s, also asking viewers for theirs.',
  keywords: [
    'vnc_tls',
    'x509',
    'vnc_tls_x509_verify',
    '/etc/pki/qemu',
    '/etc/pki/libvirt-vnc',
    'server-cert.pem',
  ],
  build: (values) => {
    const { group } = qemuAccount[values.distribution]
    const folder = '/etc/pki/libvirt-vnc'
    return {
      steps: [
        onHost(
          'The host’s TLS certificate has to be in place already. QEMU reads copies of its own, under other names.',
          lines(
            `sudo install -d -m 750 -g ${group} ${folder}`,
            `sudo install -m 644 /etc/pki/CA/cacert.pem ${folder}/ca-cert.pem`,
            `sudo install -m 644 /etc/pki/libvirt/servercert.pem ${folder}/server-cert.pem`,
            `sudo install -m 640 -g ${group} /etc/pki/libvirt/private/serverkey.pem ${folder}/server-key.pem`,
          ),
        ),
        hostFile(
          'Newer libvirt looks in /etc/pki/qemu when no folder is named. vnc_tls_x509_verify asks viewers for a certificate too.',
          qemuConf,
          lines('vnc_tls = 1', `vnc_tls_x509_cert_dir = "${folder}"`, 'vnc_tls_x509_verify = 1', ''),
        ),
        restart(values),
      ],
      changes: [
        `Certificates in ${folder}`,
        'Consoles of guests started from now on are encrypted; viewers without TLS cannot open them',
      ],
      dangers: [
        'Without vnc_tls_x509_verify (or SASL) everybody who reaches the port gets the console.',
        'New certificates have to be copied here as well when the old ones expire.',
        rather,
        guestsNeedRestart,
      ],
      verify: [
        onHost(
          'The three files fit together.',
          lines(`sudo openssl verify -CAfile ${folder}/ca-cert.pem ${folder}/server-cert.pem`),
        ),
        inArguments,
      ],
      undo: [
        onHost(
          'Remove the lines and the files, then restart.',
          lines(
            `sudo rm -r ${folder}`,
            `sudo systemctl restart ${daemonNames(values.daemons).local}.service`,
          ),
        ),
      ],
    }
  },
}

export const vncClientCertificates: Recipe = {
  id: 'vnc-client-certificates',
  topic: 'Consoles',
  title: 'Client certificates for consoles',
  summary: 'Where viewers look for the certificate they show to consoles that ask for one.',
  keywords: ['libvirt-vnc', 'clientcert.pem', 'virt-viewer', 'x509verify', '~/.pki'],
  build: (values) => {
    const { group } = quoted(values)
    return {
      steps: [
        onClient(
          'For all accounts of a group. virt-viewer looks here only.',
          lines(
            'sudo install -d -m 755 /etc/pki/CA /etc/pki/libvirt-vnc',
            `sudo install -d -m 750 -g ${group} /etc/pki/libvirt-vnc/private`,
            'sudo install -m 644 cacert.pem /etc/pki/CA/cacert.pem',
            'sudo install -m 644 clientcert.pem /etc/pki/libvirt-vnc/clientcert.pem',
            `sudo install -m 640 -g ${group} clientkey.pem /etc/pki/libvirt-vnc/private/clientkey.pem`,
          ),
        ),
        onClient(
          'For one account; virt-manager looks here first.',
          lines(
            'install -d -m 700 ~/.pki ~/.pki/CA ~/.pki/libvirt-vnc ~/.pki/libvirt-vnc/private',
            'install -m 644 cacert.pem ~/.pki/CA/cacert.pem',
            'install -m 644 clientcert.pem ~/.pki/libvirt-vnc/clientcert.pem',
            'install -m 600 clientkey.pem ~/.pki/libvirt-vnc/private/clientkey.pem',
          ),
        ),
      ],
      changes: ['Certificates on the computer of the viewer; nothing on the host'],
      dangers: [
        'The client certificate has to be of the authority in ca-cert.pem of the host’s consoles.',
        rather,
      ],
      verify: [
        onClient(
          'Certificate and authority fit.',
          'openssl verify -CAfile /etc/pki/CA/cacert.pem /etc/pki/libvirt-vnc/clientcert.pem',
        ),
      ],
      undo: [onClient('Remove the files.', 'rm -r ~/.pki/libvirt-vnc')],
    }
  },
}
