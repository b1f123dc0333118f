import './lib/appearance';

import { mount } from 'svelte';

import App from './App.svelte';
import { speak } from './lib/messages';
import './styles/tokens.css';
import './styles/base.css';

speak(document.documentElement);

const target = document.getElementById('app');
if (target) mount(App, { target });
