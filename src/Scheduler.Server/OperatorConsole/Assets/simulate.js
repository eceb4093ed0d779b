import { follow, say } from './live.js';

const classes = { running: 's-drained', done: 's-ok', failed: 's-bad', stopped: 's-quiet' };
follow(message => {
  for (const [id, permille, phase] of message.m ?? []) {
    for (const box of document.querySelectorAll(`[data-run="${CSS.escape(id)}"]`)) {
      for (const bar of box.querySelectorAll('[data-f="done"]')) bar.value = permille;
      for (const state of box.querySelectorAll('[data-f="phase"]')) {
        say(state, phase);
        state.className = `state ${classes[phase]}`;
      }
      if ('reload' in box.dataset && phase !== 'running') location.reload();
    }
  }
});
