#!/bin/bash
# up.sh STATE NAME N TCP: starts host NAME at 10.77.0.N with its own libvirtd and sshd, and returns at once.
# STATE/NAME holds all that is its own: etc, lib, log, cache, root, run. TCP is 1 when libvirtd listens on port 16509.
# Expects STATE/password (a crypt hash), STATE/key.pub, which may log in as root, and certificates in STATE/NAME/etc/pki.
set -euo pipefail
state=$1 name=$2 number=$3 tcp=$4
here=$(cd "$(dirname "$0")" && pwd)
host=$state/$name
address=10.77.0.$number

mkdir -p "$host"/{etc,root/.ssh,home/ann/.ssh,run/sshd,run/lock,run/libvirt,ssh,cache,log/libvirt/qemu}
mkdir -p "$host"/lib/{images,boot,qemu,dnsmasq,network} "$host"/etc/{storage/autostart,qemu/networks}
chmod 700 "$host/root"

# What libvirt learnt about QEMU in an earlier run, 5 s of work. It checks by itself that this still holds.
seed=$here/../../../.cache/lab/capabilities
if [ -d "$seed" ]; then mkdir -p "$host/cache/qemu" && cp -rp "$seed" "$host/cache/qemu/capabilities"; fi

cat /proc/sys/kernel/random/uuid >"$host/uuid"
cat >"$host/etc/libvirtd.conf" <<END
host_uuid = "$(cat "$host/uuid")"
listen_tls = 1
ca_file = "/etc/libvirt/pki/cacert.pem"
cert_file = "/etc/libvirt/pki/servercert.pem"
key_file = "/etc/libvirt/pki/serverkey.pem"
auth_tls = "none"
listen_tcp = $tcp
listen_addr = "$address"
auth_tcp = "none"
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_group = "root"
unix_sock_rw_perms = "0700"
max_clients = 500
max_anonymous_clients = 100
log_outputs = "3:file:/var/log/libvirt/libvirtd.log"
END
# Root, because libvirt takes its knowledge of QEMU for stale as long as QEMU's user cannot open /dev/kvm, and then
# asks QEMU anew, which takes seconds, at every definition. Files for QEMU's output, because there is no virtlogd here.
cat >"$host/etc/qemu.conf" <<END
user = "root"
group = "root"
dynamic_ownership = 0
security_driver = "none"
namespaces = []
stdio_handler = "file"
migration_host = "$address"
END
cat >"$host/etc/storage/default.xml" <<'END'
<pool type='dir'>
  <name>default</name>
  <target><path>/var/lib/libvirt/images</path></target>
</pool>
END
ln -s /etc/libvirt/storage/default.xml "$host/etc/storage/autostart/default.xml"
cat >"$host/etc/qemu/networks/default.xml" <<'END'
<network>
  <name>default</name>
  <forward mode='nat'/>
  <bridge name='virbr0' stp='on' delay='0'/>
  <ip address='192.168.122.1' netmask='255.255.255.0'>
    <dhcp><range start='192.168.122.2' end='192.168.122.254'/></dhcp>
  </ip>
</network>
END

ssh-keygen -q -t ed25519 -N '' -C "root@$name" -f "$host/ssh/ssh_host_ed25519_key"
cp "$state/key.pub" "$host/root/.ssh/authorized_keys"
cp "$state/key.pub" "$host/home/ann/.ssh/authorized_keys"
chown -R 4711:4711 "$host/home/ann"
cat >"$host/ssh/sshd_config" <<END
ListenAddress $address
HostKey /etc/ssh/ssh_host_ed25519_key
PermitRootLogin yes
PasswordAuthentication yes
KbdInteractiveAuthentication no
UsePAM yes
UseDNS no
StrictModes no
PrintMotd no
AcceptEnv LANG LC_*
MaxStartups 100
Subsystem sftp internal-sftp
END
sed "s|^root:[^:]*:|root:$(cat "$state/password"):|" /etc/shadow >"$host/shadow"
echo 'ann:*:19000::::::' >>"$host/shadow"
chmod 600 "$host/shadow"
# libvirtd looks its built-in user and group up even when it is told to use others. (64055 is Debian's number.)
cp /etc/passwd /etc/group "$host/"
grep -q '^libvirt-qemu:' "$host/group" || echo 'libvirt-qemu:x:64055:' >>"$host/group"
grep -q '^libvirt-qemu:' "$host/passwd" ||
  echo 'libvirt-qemu:x:64055:64055::/var/lib/libvirt:/usr/sbin/nologin' >>"$host/passwd"
# Somebody without any rights, who logs in with the same key.
echo 'ann:x:4711:' >>"$host/group"
echo 'ann:x:4711:4711::/home/ann:/bin/sh' >>"$host/passwd"
echo "$name" >"$host/hostname"
printf '127.0.0.1 localhost\n10.77.0.11 labA\n10.77.0.12 labB\n' >"$host/hosts"

"$here/netns-add.sh" "$state" "$name"
# A fixed address: with a new one at every start the client would hold the old one for half a minute.
ip link add eth0 address "02:77:00:00:00:$number" netns "$name" type veth peer name "$name" netns labsw
ip -n labsw link set "$name" master br0 up
ip -n "$name" addr add "$address/24" dev eth0
ip -n "$name" link set lo up
ip -n "$name" link set eth0 up

setsid "$here/enter.sh" "$state" "$name" </dev/null >"$host/log/init.log" 2>&1 &
unshared=$!
# The host's first process, by the number it has out here.
for _ in $(seq 200); do
  read -r init _ <"/proc/$unshared/task/$unshared/children" || true
  if [ -n "${init:-}" ] && [ -e "$host/run/init-started" ]; then break; fi
  kill -0 $unshared 2>/dev/null || { cat "$host/log/init.log" >&2; exit 1; }
  sleep 0.02
done
[ -n "${init:-}" ] || { echo "lab: $name did not start" >&2; exit 1; }
echo "$init" >"$host/init.pid"
