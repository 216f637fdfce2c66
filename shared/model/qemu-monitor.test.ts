import { expect, it } from 'vitest'
import { qmpCommand, qmpReply } from './qemu-monitor'

it('takes the bare name of a QMP command and whole JSON, and says what is wrong with anything else', () => {
  expect(qmpCommand(' query-status ')).toEqual({ json: '{"execute":"query-status"}' })
  const whole = '{ "execute": "human-monitor-command",\n "arguments": {"command-line": "info kvm"} }'
  expect(qmpCommand(whole)).toEqual({ json: JSON.stringify(JSON.parse(whole)) })
  expect(qmpCommand('{"execute": ')).toMatchObject({ problem: expect.stringMatching(/no JSON/) })
  expect(qmpCommand('["query-status"]')).toMatchObject({ problem: expect.stringMatching(/execute/) })
})

it('lays out what a QMP command returned, and tells an error apart', () => {
  expect(qmpReply('{"return":{"status":"running"},"id":"libvirt-7"}')).toEqual({
    text: '{\n  "status": "running"\n}',
    isError: false,
  })
  expect(qmpReply('{"id":"libvirt-8","error":{"class":"CommandNotFound","desc":"no"}}')).toEqual({
    text: '{\n  "class": "CommandNotFound",\n  "desc": "no"\n}',
    isError: true,
  })
  expect(qmpReply('nonsense')).toEqual({ text: 'nonsense', isError: false })
})
