import '../lib/appearance';

import { mount } from 'svelte';

import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/manage.css';
import { speak } from '../lib/messages';
import Manage from './Manage.svelte';

speak(document.documentElement);

const target = document.getElementById('app');
if (target) mount(Manage, { target });
